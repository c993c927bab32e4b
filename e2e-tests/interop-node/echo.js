// Reads every record with the key "facesort" of the named topics and writes each again under the key "node".
// Arguments: bootstrap servers, address of the registry's Confluent API, records per topic, topics.
import { Kafka, logLevel } from 'kafkajs';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';

const [bootstrap, registryUrl, perTopic, ...topics] = process.argv.slice(2);
const kafka = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.ERROR });
const registry = new SchemaRegistry({ host: registryUrl });
const consumer = kafka.consumer({ groupId: `interop-node-${Date.now()}` });
const producer = kafka.producer();

await Promise.all([consumer.connect(), producer.connect()]);
await consumer.subscribe({ topics, fromBeginning: true });

const decoded = [];
await new Promise((resolve, reject) => {
  consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error));
  consumer.run({
    eachMessage: async ({ topic, message }) => {
      if (message.key.toString() !== 'facesort') return;
      decoded.push({ topic, value: await registry.decode(message.value) });
      if (decoded.length === topics.length * Number(perTopic)) resolve();
    },
  });
});

for (const { topic, value } of decoded) {
  const id = await registry.getLatestSchemaId(`${topic}-value`);
  const message = { key: 'node', value: await registry.encode(id, value) };
  await producer.send({ topic, messages: [message] });
}
await Promise.all([consumer.disconnect(), producer.disconnect()]);
console.log(decoded.length);
