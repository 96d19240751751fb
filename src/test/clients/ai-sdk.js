// What the AI SDK makes of a server: node ai-sdk.js ADDRESS SCENARIO MODEL [QUESTION]; prints JSON.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { AbstractChat, DefaultChatTransport, readUIMessageStream, streamText } from "ai";

const [address, scenario, model, question = "Should I carry an umbrella?"] = process.argv.slice(2);

/** What useChat is made of, without a page around it. */
class Chat extends AbstractChat {
  constructor(init) {
    super({
      ...init,
      state: {
        status: "ready",
        error: undefined,
        messages: [],
        pushMessage(message) {
          this.messages = [...this.messages, message];
        },
        popMessage() {
          this.messages = this.messages.slice(0, -1);
        },
        replaceMessage(index, message) {
          this.messages = this.messages.map((each, at) => (at === index ? message : each));
        },
        snapshot: (thing) => structuredClone(thing),
      },
    });
  }
}

const transport = (body) => new DefaultChatTransport({ api: address + "/api/chat", body: { model, ...body } });

const text = (message) =>
  (message?.parts ?? []).filter((part) => part.type === "text").map((part) => part.text).join("");

const told = (chat, errors) => ({
  status: chat.status,
  errors,
  parts: (chat.lastMessage?.parts ?? []).map((part) => part.type),
  text: text(chat.lastMessage),
  reasoning: (chat.lastMessage?.parts ?? []).filter((part) => part.type === "reasoning").map((part) => part.text).join(""),
  sources: (chat.lastMessage?.parts ?? []).filter((part) => part.type === "source-document"),
  states: [...new Set((chat.lastMessage?.parts ?? []).map((part) => part.state).filter(Boolean))],
  messages: chat.messages.length,
});

const asked = async (body, during = () => {}) => {
  const errors = [];
  const chat = new Chat({ transport: transport(body), onError: (error) => errors.push(error.message) });
  const sent = chat.sendMessage({ text: question });
  await during(chat);
  await sent;
  return { chat, errors };
};

const until = async (condition) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

const scenarios = {
  chat: async () => {
    const { chat, errors } = await asked({});
    return told(chat, errors);
  },
  // The earlier messages go along.
  twice: async () => {
    const { chat, errors } = await asked({});
    await chat.sendMessage({ text: "And tomorrow?" });
    return told(chat, errors);
  },
  stop: async () => {
    const { chat, errors } = await asked({}, async (chat) => {
      await until(() => text(chat.lastMessage).includes("3 "));
      await chat.stop();
    });
    return told(chat, errors);
  },
  // By somebody else, so that the stream itself has to say so.
  cancelled: async () => {
    let run;
    const types = [];
    const stream = await new DefaultChatTransport({
      api: address + "/api/chat",
      body: { model },
      fetch: async (...request) => {
        const response = await fetch(...request);
        run = response.headers.get("X-Ragstream-Run");
        return response;
      },
    }).sendMessages({
      trigger: "submit-message",
      chatId: "c",
      messages: [{ id: "u", role: "user", parts: [{ type: "text", text: question }] }],
    });
    for await (const chunk of stream) {
      if (chunk.delta === "3 ") await fetch(`${address}/api/runs/${run}`, { method: "DELETE" });
      types.push(chunk.type);
    }
    return types;
  },
  refused: async () => {
    const { chat, errors } = await asked({ rehearse: "429" });
    return told(chat, errors);
  },
  halfway: async () => {
    const { chat, errors } = await asked({ rehearse: "error=3" });
    return told(chat, errors);
  },
  // Each chunk as it comes, and whether the message grows with it.
  chunks: async () => {
    const stream = await transport({}).sendMessages({
      trigger: "submit-message",
      chatId: "c",
      messageId: undefined,
      messages: [{ id: "u", role: "user", parts: [{ type: "text", text: question }] }],
      abortSignal: undefined,
    });
    const [first, second] = stream.tee();
    const types = [];
    for await (const chunk of first) types.push(chunk.type);
    const lengths = [];
    for await (const message of readUIMessageStream({ stream: second, terminateOnError: true })) {
      lengths.push(text(message).length);
    }
    return { types, lengths };
  },
  // The other way: as a provider of models.
  provider: async () => {
    const ragstream = createOpenAICompatible({ name: "ragstream", baseURL: address + "/v1", includeUsage: true });
    const result = streamText({ model: ragstream(model), prompt: question, maxRetries: 0 });
    const types = new Set();
    let reasoning = "";
    for await (const part of result.fullStream) {
      types.add(part.type);
      if (part.type === "reasoning-delta") reasoning += part.text;
    }
    return {
      types: [...types],
      reasoning,
      text: await result.text,
      finish: await result.finishReason,
      usage: await result.usage,
    };
  },
  providerError: async () => {
    const ragstream = createOpenAICompatible({ name: "ragstream", baseURL: address + "/v1" });
    const errors = [];
    const result = streamText({
      model: ragstream(model),
      prompt: question,
      maxRetries: 0,
      onError: ({ error }) => errors.push({ message: error.message ?? String(error), status: error.statusCode ?? null }),
    });
    let text = "";
    for await (const part of result.fullStream) text += part.type === "text-delta" ? part.text : "";
    return { text, errors };
  },
};

// What the SDK says of a broken stream beside its own errors would not be JSON.
console.error = () => {};
console.log(JSON.stringify(await scenarios[scenario]()));
