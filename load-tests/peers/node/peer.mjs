// The peer in JavaScript: kafkajs, the tokenizer of transformers.js, and onnxruntime-node over the
// package's own model.onnx. At least once. Prints READY when it begins to read; ends on SIGTERM.
import { readFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import kafkajs from "kafkajs";
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";
import { PreTrainedTokenizer } from "@huggingface/transformers";
import * as ort from "onnxruntime-node";

const ANSWERS_A_REQUEST = 32;

const settings = parseArgs({
  options: {
    "bootstrap-servers": { type: "string" },
    registry: { type: "string" },
    input: { type: "string" },
    output: { type: "string" },
    model: { type: "string" },
    threads: { type: "string", default: "1" },
  },
}).values;
const threads = Number(settings.threads);

const json = async (name) => JSON.parse(await readFile(join(settings.model, name), "utf8"));
const model = await json("model.json");
// A package has no tokenizer_config.json, which AutoTokenizer would want beside tokenizer.json.
const tokenizer = new PreTrainedTokenizer(await json("tokenizer.json"), {
  tokenizer_class: "PreTrainedTokenizer",
  model_max_length: model.maxTokens,
  pad_token: "[PAD]",
});
const session = await ort.InferenceSession.create(join(settings.model, "model.onnx"), {
  // Runs of several partitions go side by side on libuv's threads, each with one thread.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
});
const output = ["probabilities", "logits"].find((name) => session.outputNames.includes(name));

/** The probability of each label for a text. */
async function probabilities(text) {
  const encoded = tokenizer((model.textPrefix ?? "") + text, {
    truncation: true,
    max_length: model.maxTokens,
  });
  const inputs = {};
  for (const name of session.inputNames) {
    const { data, dims } = encoded[name] ?? zerosLike(encoded.input_ids);
    inputs[name] = new ort.Tensor("int64", data, dims);
  }
  const result = await session.run(inputs, [output]);
  const values = Array.from(result[output].data);
  return output === "logits" ? softmax(values) : values;
}

const zerosLike = ({ data, dims }) => ({ data: new BigInt64Array(data.length), dims });

function softmax(logits) {
  const largest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

const kafka = new kafkajs.Kafka({
  clientId: "peer-node",
  brokers: settings["bootstrap-servers"].split(","),
  logLevel: kafkajs.logLevel.ERROR,
});
const registry = new SchemaRegistry({ host: settings.registry });
const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
const consumer = kafka.consumer({ groupId: "peer-node-" + randomUUID() });

async function answer(records) {
  const answers = [];
  for (const record of records) {
    // One message a run: batches of eight cost a quarter more here, for their padding.
    const message = await registry.decode(record.value);
    const row = await probabilities(message.text);
    answers.push({
      key: record.key,
      value: JSON.stringify({
        id: message.id,
        label: model.labels[row.indexOf(Math.max(...row))],
        probabilities: row,
      }),
    });
  }
  await producer.send({ topic: settings.output, messages: answers });
}

await probabilities("warm");
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topic: settings.input, fromBeginning: true });
consumer.on(consumer.events.CRASH, ({ payload }) => {
  if (payload.restart) return;
  console.error("The consumer failed:", payload.error);
  process.exit(1);
});
let stopping = false;
await consumer.run({
  eachBatchAutoResolve: false,
  partitionsConsumedConcurrently: threads,
  eachBatch: async ({ batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale }) => {
    for (let from = 0; from < batch.messages.length; from += ANSWERS_A_REQUEST) {
      if (stopping || !isRunning() || isStale()) return;
      const records = batch.messages.slice(from, from + ANSWERS_A_REQUEST);
      await answer(records);
      resolveOffset(records.at(-1).offset);
      await heartbeat();
      await commitOffsetsIfNecessary();
    }
  },
});
console.log("READY");

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await consumer.disconnect();
    await producer.disconnect();
    process.exit(0);
  });
}
