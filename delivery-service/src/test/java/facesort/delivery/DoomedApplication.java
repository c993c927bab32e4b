package facesort.delivery;

import facesort.delivery.folder.FolderChannel;
import facesort.delivery.send.AlbumLimits;
import facesort.delivery.send.BackOff;
import facesort.delivery.send.DeliveryChannel;
import facesort.delivery.send.Item;
import facesort.delivery.send.SendOutcome;
import facesort.delivery.telegram.RateLimits;
import facesort.delivery.telegram.Telegram;
import facesort.delivery.telegram.TelegramChannel;
import facesort.schemas.Channel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;

/** The service with one collaborator replaced by one that kills the process at a point. */
final class DoomedApplication {

  private DoomedApplication() {}

  /** Runs until the point is reached. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(DeliveryApplication.class, Replacements.class).run(args);
  }

  /** Beans in place of, or around, those of the service. */
  static class Replacements {

    /** Only this Telegram channel is there: the process is started without the service's token. */
    @Bean
    DeliveryChannel doomedTelegram(Environment settings, DeliverySettings delivery, Clock clock) {
      var telegram =
          new Telegram(
              delivery.telegram().apiUrl(),
              settings.getRequiredProperty(KillPoint.TOKEN),
              delivery.telegram().connectWithin(),
              delivery.telegram().answerWithin());
      var backOff = new BackOff(clock, delivery.firstBackOff(), delivery.longestBackOff());
      return new DoomedChannel(
          new TelegramChannel(telegram, RateLimits.none(), backOff), Doom.of(settings));
    }

    /** Wraps the folder channel and the producer. */
    @Bean
    static BeanPostProcessor dooms(Environment settings) {
      var doom = Doom.of(settings);
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return switch (bean) {
            case FolderChannel folder -> new DoomedChannel(folder, doom);
            case Producer<?, ?> producer -> doomed(producer, doom);
            default -> bean;
          };
        }
      };
    }
  }

  /**
   * When to die.
   *
   * @param point at which step
   * @param job of which job
   * @param address that goes there
   */
  private record Doom(KillPoint point, String job, String address) {

    static Doom of(Environment settings) {
      return new Doom(
          settings.getRequiredProperty(KillPoint.POINT, KillPoint.class),
          settings.getRequiredProperty(KillPoint.JOB),
          settings.getRequiredProperty(KillPoint.ADDRESS));
    }

    void at(KillPoint here, boolean concerned) {
      if (point == here && concerned) {
        KillPoint.die();
      }
    }
  }

  private record DoomedChannel(DeliveryChannel real, Doom doom) implements DeliveryChannel {

    @Override
    public Channel channel() {
      return real.channel();
    }

    @Override
    public AlbumLimits limits() {
      return real.limits();
    }

    @Override
    public boolean repeatable() {
      return real.repeatable();
    }

    @Override
    public Mono<Void> permit(String address, int photos) {
      return real.permit(address, photos)
          .doOnSuccess(_ -> doom.at(KillPoint.BEFORE_CLAIM, address.equals(doom.address())));
    }

    @Override
    public Mono<SendOutcome> send(String address, List<Item> items) {
      boolean mine = items.getFirst().pair().key().jobId().equals(doom.job());
      doom.at(KillPoint.BEFORE_SEND, mine);
      return real.send(address, items).doOnNext(_ -> doom.at(KillPoint.BEFORE_MARK, mine));
    }
  }

  private static Object doomed(Producer<?, ?> real, Doom doom) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          try {
            boolean mine = method.getName().equals("send") && concerns(args, doom.job());
            doom.at(KillPoint.BEFORE_PUBLISH, mine);
            if (mine && doom.point() == KillPoint.AFTER_PUBLISH) {
              awaitAndDie(real, args);
            }
            return method.invoke(real, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return Proxy.newProxyInstance(
        Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, handler);
  }

  @SuppressWarnings("unchecked")
  private static void awaitAndDie(Producer<?, ?> real, Object[] args)
      throws ExecutionException, InterruptedException {
    Future<?> written =
        ((Producer<byte[], byte[]>) real).send((ProducerRecord<byte[], byte[]>) args[0]);
    written.get();
    KillPoint.die();
  }

  private static boolean concerns(Object @Nullable [] args, String job) {
    return args != null
        && args[0] instanceof ProducerRecord<?, ?> record
        && record.key() instanceof byte[] key
        && new String(key, StandardCharsets.UTF_8).equals(job);
  }
}
