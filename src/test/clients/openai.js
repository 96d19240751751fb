// What OpenAI's own client makes of a server: node openai.js ADDRESS KEY SCENARIO [MODEL]; prints JSON.
import OpenAI from "openai";

const [address, key, scenario, model = "ragstream"] = process.argv.slice(2);
const client = new OpenAI({ baseURL: address + "/v1", apiKey: key, maxRetries: 0, timeout: 60_000 });

const asking = (options = {}) => ({
  model,
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Should I carry an umbrella?" },
  ],
  ...options,
});

/** What kind of error of theirs a call ends with. */
const failure = async (call) => {
  try {
    return { answered: await call() };
  } catch (error) {
    return {
      class: error.constructor.name,
      status: error.status ?? null,
      type: error.type ?? null,
      code: error.code ?? null,
      param: error.param ?? null,
      message: error.message,
      retryAfter: error.headers?.get("retry-after") ?? null,
    };
  }
};

const all = async (stream) => {
  const seen = { text: "", reasoning: "", pieces: 0, finish: null, usage: null, ragstream: null, ids: new Set() };
  for await (const chunk of stream) {
    seen.ids.add(chunk.id);
    const delta = chunk.choices[0]?.delta;
    seen.text += delta?.content ?? "";
    seen.reasoning += delta?.reasoning_content ?? "";
    seen.pieces += delta?.content ? 1 : 0;
    seen.finish = chunk.choices[0]?.finish_reason ?? seen.finish;
    seen.usage = chunk.usage ?? seen.usage;
    seen.ragstream = chunk.ragstream ?? seen.ragstream;
  }
  return { ...seen, ids: seen.ids.size };
};

const scenarios = {
  models: async () => {
    const ids = [];
    for await (const each of client.models.list()) ids.push(each.id);
    return ids;
  },
  // It encodes slashes.
  model: () => client.models.retrieve(model),
  noModel: () => failure(() => client.models.retrieve(model)),
  noRoute: () => failure(() => client.embeddings.create({ model, input: "Rain?" })),
  tooHot: () => failure(() => client.chat.completions.create(asking({ temperature: 3 }))),
  whole: () => client.chat.completions.create(asking()),
  stream: async () => all(await client.chat.completions.create(asking({ stream: true }))),
  usage: async () =>
    all(await client.chat.completions.create(asking({ stream: true, stream_options: { include_usage: true } }))),
  // Their helper, which puts the answer together from the chunks and checks each.
  helper: async () => {
    const runner = client.chat.completions.stream(asking({ stream_options: { include_usage: true } }));
    const completion = await runner.finalChatCompletion();
    return { content: completion.choices[0].message.content, usage: completion.usage };
  },
  abort: async () => {
    const stream = await client.chat.completions.create({
      model,
      stream: true,
      messages: [{ role: "user", content: process.argv[6] }],
    });
    let text = "";
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? "";
      if (text.includes("3 ")) stream.controller.abort();
    }
    return { text, aborted: stream.controller.signal.aborted };
  },
  refused: () => failure(() => client.chat.completions.create(asking())),
  // An error that comes in the stream.
  broken: () => failure(async () => all(await client.chat.completions.create(asking({ stream: true })))),
  rehearsed429: () => failure(() => client.chat.completions.create(asking({ rehearse: "429" }))),
  rehearsed503: () => failure(() => client.chat.completions.create(asking({ rehearse: "503", stream: true }))),
  noMessages: () => failure(() => client.chat.completions.create({ model, messages: [] })),
  parts: () =>
    client.chat.completions.create({
      model,
      messages: [
        { role: "user", content: "When is the harbour bridge open?" },
        { role: "assistant", content: "From six." },
        { role: "user", content: [{ type: "text", text: "Should I carry an umbrella?" }] },
      ],
    }),
};

console.log(JSON.stringify(await scenarios[scenario]()));
