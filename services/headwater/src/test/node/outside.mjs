// Writes messages and reads their insights with kafkajs, as a client without any of our code would.
// usage: node outside.mjs BOOTSTRAP REGISTRY; prints one JSON line for each insight.
import kafkajs from "kafkajs";
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";

const { Kafka, logLevel } = kafkajs;
const [bootstrap, host] = process.argv.slice(2);
const kafka = new Kafka({ clientId: "outside", brokers: [bootstrap], logLevel: logLevel.NOTHING });
const registry = new SchemaRegistry({ host });

const texts = {
  "outside-1": "The new release is wonderful, thank you!",
  "outside-2": "It broke again and nobody answers. Terrible.",
  "outside-3": "Der Zug fährt heute von Gleis sechs.",
};

const schema = await registry.getLatestSchemaId("messages-value");
const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: "messages",
  messages: await Promise.all(
    Object.entries(texts).map(async ([id, text]) => ({
      key: "outside",
      value: await registry.encode(schema, {
        id,
        text,
        language: null,
        source: "kafkajs",
        author: null,
        conversation: "outside",
        sentAt: Date.now(),
        tasks: null,
        targetLanguage: null,
        explain: false,
        attributes: { client: "kafkajs" },
      }),
    })),
  ),
});
await producer.disconnect();

const consumer = kafka.consumer({ groupId: "outside-" + process.pid });
await consumer.connect();
await consumer.subscribe({ topic: "insights", fromBeginning: true });
const seen = [];
await new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("no insights after 60 s, only " + seen)), 60_000).unref();
  consumer.run({
    eachMessage: async ({ message, partition }) => {
      const insight = await registry.decode(message.value);
      if (!(insight.messageId in texts)) return;
      seen.push(insight.messageId);
      console.log(
        JSON.stringify({
          id: insight.messageId,
          key: message.key.toString(),
          partition,
          language: insight.language,
          label: insight.sentiment?.label ?? null,
          skipped: insight.skipped.length,
          client: insight.message.attributes.client,
        }),
      );
      if (seen.length === Object.keys(texts).length) resolve();
    },
  });
});
await consumer.disconnect();
process.exit(0);
