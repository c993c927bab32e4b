package facesort.ingest;

import facesort.ingest.cleanup.Cleaner;
import facesort.ingest.cleanup.CleanupListener;
import facesort.ingest.cleanup.CleanupLoop;
import facesort.ingest.command.Commands;
import facesort.ingest.command.WrittenCommands;
import facesort.ingest.friend.Friends;
import facesort.ingest.friend.ProfileOffsets;
import facesort.ingest.friend.ProfileVersions;
import facesort.ingest.job.JobRules;
import facesort.ingest.job.JobStatuses;
import facesort.ingest.job.Jobs;
import facesort.ingest.job.ManifestStore;
import facesort.ingest.job.SubmissionRecords;
import facesort.ingest.job.Submissions;
import facesort.ingest.job.UnfinishedSubmissions;
import facesort.ingest.photo.PartReader;
import facesort.ingest.photo.PhotoStore;
import facesort.ingest.photo.Spool;
import facesort.ingest.publish.TransactionalWriter;
import facesort.ingest.storage.IngestBucket;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ObjectStore;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.service.WorkerIdentity;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** What the service is made of. */
@Configuration(proxyBeanMethods = false)
@Import(ServiceConfiguration.class)
@EnableConfigurationProperties(IngestSettings.class)
class IngestConfiguration {

  private static final String SERVICE = "ingest";

  @Bean
  WorkerIdentity identity(ServiceSettings settings) {
    return new WorkerIdentity(
        SERVICE, "", settings.slot(), WorkerIdentity.versionOf(IngestApplication.class), "");
  }

  @Bean
  Admin admin(KafkaClients clients) {
    return clients.admin();
  }

  @Bean
  IngestBucket bucket(S3AsyncClient s3, ObjectStore store) {
    return new IngestBucket(s3, store);
  }

  @Bean
  TransactionalWriter writer(KafkaClients clients, ServiceSettings settings) {
    var id = "%s-writer-all-%d-0".formatted(SERVICE, settings.slot());
    return new TransactionalWriter(clients.transactional(id), IngestConfiguration::halt);
  }

  // Photos

  @Bean
  Spool spool(IngestSettings settings) {
    return new Spool(
        settings.spoolDir(), settings.spoolPart().toBytes(), settings.spoolMemory().toBytes());
  }

  @Bean
  PartReader partReader(Spool spool) {
    return new PartReader(spool);
  }

  @Bean
  PhotoStore photoStore(ObjectStore store, IngestBucket bucket) {
    return new PhotoStore(store, bucket);
  }

  // Friends

  @Bean
  ProfileVersions profileVersions(KafkaClients clients, Events events, Clock clock) {
    return new ProfileVersions(clients, events, clock);
  }

  @Bean
  ProfileOffsets profileOffsets(Admin admin) {
    return new ProfileOffsets(admin);
  }

  @Bean
  Friends friends(
      PhotoStore photos,
      ObjectStore store,
      ProfileVersions versions,
      TransactionalWriter writer,
      Events events,
      Clock clock) {
    return new Friends(photos, store, versions, writer, events, clock);
  }

  // Jobs

  @Bean
  JobRules jobRules(IngestSettings settings) {
    return settings.rules();
  }

  @Bean
  ManifestStore manifests(ObjectStore store) {
    return new ManifestStore(store);
  }

  @Bean
  JobStatuses jobStatuses(KafkaClients clients, Events events) {
    return new JobStatuses(clients, events);
  }

  @Bean
  Submissions submissions(
      ManifestStore manifests,
      Events events,
      ObjectStore store,
      TransactionalWriter writer,
      JobStatuses statuses) {
    var records = new SubmissionRecords(events, store.bucket());
    return new Submissions(manifests, records, writer, statuses);
  }

  @Bean
  Jobs jobs(
      ManifestStore manifests,
      Submissions submissions,
      ProfileOffsets profiles,
      PhotoStore photos,
      ObjectStore store,
      JobRules rules,
      Clock clock) {
    return new Jobs(manifests, submissions, profiles, photos, store, rules, clock);
  }

  @Bean
  UnfinishedSubmissions unfinishedSubmissions(
      IngestBucket bucket,
      ManifestStore manifests,
      Submissions submissions,
      JobStatuses statuses,
      Clock clock) {
    return new UnfinishedSubmissions(bucket, manifests, submissions, statuses, clock);
  }

  // Commands

  @Bean
  WrittenCommands writtenCommands(KafkaClients clients, Events events) {
    return new WrittenCommands(clients, events);
  }

  @Bean
  Commands commands(
      JobStatuses statuses,
      Submissions submissions,
      WrittenCommands written,
      TransactionalWriter writer,
      Events events,
      Clock clock) {
    return new Commands(statuses, submissions, written, writer, events, clock);
  }

  // Cleanup

  @Bean
  CleanupLoop cleanup(
      KafkaClients clients,
      ServiceSettings settings,
      ObjectStore store,
      ManifestStore manifests,
      TransactionalWriter writer,
      Events events,
      DeadLetters deadLetters,
      Clock clock) {
    var group = SERVICE + "-cleanup";
    var cleaner = new Cleaner(store, manifests, clock);
    return new CleanupLoop(
        clients.staticMember(group, group + "-" + settings.slot()),
        Topics.CLEANUP.name(),
        new CleanupListener(cleaner, writer, events, deadLetters),
        IngestConfiguration::halt);
  }

  // Health

  @Bean
  KafkaHealth kafkaHealthIndicator(Admin admin) {
    return new KafkaHealth(admin);
  }

  @Bean
  BucketHealth bucketHealthIndicator(IngestBucket bucket) {
    return new BucketHealth(bucket);
  }

  @Bean
  HealthIndicator cleanupHealthIndicator(CleanupLoop cleanup) {
    return () ->
        cleanup.isHealthy()
            ? Health.up().build()
            : Health.down().withDetail("why", "the cleanup thread has ended: restart").build();
  }

  /** An orderly exit could hang on the work that is no longer this instance's. */
  private static void halt() {
    Runtime.getRuntime().halt(WorkerIdentity.SLOT_TAKEN);
  }
}
