// The playground: asks POST /stream as a front end would, whatever serve.wire says, and shows every event of the answer.
// Whatever comes from documents and models is set as text, never as markup.

const $ = (id) => document.getElementById(id);
const SEGMENTS = ["template", "history", "question", "passages"];

let abort = null; // of the answer that is being read
let run = null; // its id
let last = 0; // the number of the last event that was read
let text = "";

/** An element with a class, and children that are elements or text. */
function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

function headers(more = {}) {
  const organisation = $("organisation").value.trim();
  return organisation ? { ...more, "X-Org-Id": organisation } : more;
}

const seconds = (millis) => (millis < 1000 ? `${millis} ms` : `${(millis / 1000).toFixed(1)} s`);
const counted = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;

// ---- asking ----

function question() {
  const asked = { question: $("question").value, rehearse: $("rehearse").value };
  if ($("model").value) asked.model = $("model").value;
  if ($("topK").value) asked.topK = Number($("topK").value);
  // Or there would be nothing to read on after the cut.
  if (asked.rehearse.startsWith("cut")) asked.keep = true;
  return asked;
}

async function ask() {
  clear();
  await read("/stream?wire=native", {
    method: "POST",
    headers: headers({ "Content-Type": "application/json" }),
    body: JSON.stringify(question()),
  });
}

async function show(id) {
  clear();
  run = id;
  await read(`/api/runs/${id}/events`, { headers: headers() });
}

async function resume() {
  $("failure").hidden = true;
  await read(`/api/runs/${run}/events`, { headers: headers({ "Last-Event-ID": String(last) }) });
}

/** Reads an answer to its end, whatever that is. */
async function read(path, request) {
  abort?.abort();
  const mine = (abort = new AbortController());
  busy(true);
  try {
    const response = await fetch(path, { ...request, signal: mine.signal });
    if (!response.ok) {
      const wait = response.headers.get("Retry-After");
      fail(await response.json(), `${response.status}${wait ? `, again after ${wait} s` : ""}`);
      return;
    }
    run = response.headers.get("X-Ragstream-Run");
    list();
    if (!(await follow(response.body))) brokenOff();
  } catch {
    if (!mine.signal.aborted) brokenOff();
  } finally {
    if (abort === mine) {
      busy(false);
      list();
    }
  }
}

function brokenOff() {
  fail({
    problem: run ? `The connection broke off after event ${last}.` : "The server is not there.",
    remedy: run ? "What came after it can be read as long as the run is kept." : "Is ragstream serve running?",
  });
  $("resume").hidden = !run;
}

/** Reads server-sent events; true: the last one was an ending. */
async function follow(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let ended = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return ended;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) ended = take(event) || ended;
  }
}

function take(event) {
  const fields = Object.fromEntries(
    event.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  if (!fields.data || Number(fields.id) <= last) return false; // a ping, or an event that came twice
  last = Number(fields.id);
  const said = JSON.parse(fields.data);
  on[said.type]?.(said);
  return ["completed", "cancelled", "failed"].includes(said.type);
}

// ---- showing ----

const on = {
  retrieved(event) {
    $("found").hidden = false;
    $("found").querySelector("small").textContent =
      `${event.passages.length} in ${seconds(event.millis)}, ${event.options?.mode ?? ""}`;
    const best = Math.max(...event.passages.map((each) => each.score), 0);
    $("passages").replaceChildren(...event.passages.map((each) => passage(each, best)));
    progress("Found", counted(event.passages.length, "passage"));
  },

  prompt(event) {
    $("sent").hidden = false;
    const ledger = event.ledger;
    $("sent").querySelector("small").textContent = `${ledger.total} of ${ledger.budget} tokens`;
    budget(ledger);
    ledger.entries.forEach(account);
    $("messages").replaceChildren(
      ...event.messages.map((each) =>
        make("article", "", make("h3", "", each.role), make("pre", "", each.content)),
      ),
    );
    progress("The model is asked …");
  },

  reasoning(event) {
    $("thinking").hidden = false;
    $("reasoning").append(event.text);
    progress("The model thinks …");
  },

  text(event) {
    text += event.text;
    $("answer").append(event.text);
    progress("The model answers …");
  },

  completed(event) {
    cite(event.citations);
    const used = event.usage
      ? `${event.usage.promptTokens} + ${event.usage.completionTokens} tokens`
      : "";
    const first = event.timings.firstTextMillis;
    progress(
      event.finishReason === "stop" ? "Done" : `Ended: ${event.finishReason}`,
      first === undefined ? "" : `first words after ${seconds(first)}`,
      `whole after ${seconds(event.timings.totalMillis)}`,
      used,
    );
  },

  cancelled() {
    progress("Cancelled");
  },

  failed(event) {
    fail(event, event.kind);
  },
};

function passage(each, best) {
  const item = make("li", "");
  item.id = `p${each.n}`;
  const whole = make("p", "text", each.text);
  whole.addEventListener("click", () => whole.classList.add("whole"));
  const bar = make("div", "bar", make("i", ""));
  bar.firstChild.style.width = `${best > 0 ? (100 * each.score) / best : 0}%`;
  const evidence = make("div", "evidence", make("span", "", `score ${each.score.toFixed(4)}`));
  for (const [name, word] of [["lexical", "words"], ["vector", "meaning"], ["rerank", "reranked"]]) {
    const standing = each[name];
    if (standing) evidence.append(make("span", "", `${word} #${standing.rank} · ${standing.score.toFixed(3)}`));
  }
  const title = make("div", "title", make("b", "", `[${each.n}]`), each.title || each.source, make("span", ""));
  item.append(title, make("div", "source", each.source), bar, evidence, whole);
  return item;
}

/** What became of a passage in the prompt. */
function account(entry) {
  const item = $(`p${entry.n}`);
  if (!item) return;
  const why = entry.reason ? ` (${entry.reason.replace("_", " ")})` : "";
  const tokens = entry.outcome === "dropped" ? "" : `, ${entry.tokens} tokens`;
  item.querySelector(".title span").textContent = entry.outcome + why + tokens;
  item.classList.toggle("out", entry.outcome === "dropped");
}

function budget(ledger) {
  const parts = SEGMENTS.map((name) => [name, ledger[name]]);
  parts.push(["free", Math.max(0, ledger.budget - ledger.reserve - ledger.total)], ["reserve", ledger.reserve]);
  $("budget").replaceChildren(
    ...parts.map(([name, tokens]) => {
      const part = make("i", name);
      part.style.width = `${(100 * tokens) / ledger.budget}%`;
      return part;
    }),
  );
  const words = { reserve: "kept for the answer" };
  $("budget").ariaLabel = parts.map(([name, tokens]) => `${words[name] ?? name} ${tokens}`).join(", ");
  $("legend").replaceChildren(
    ...parts.map(([name, tokens]) => make("li", "", make("i", name), `${words[name] ?? name} ${tokens}`)),
  );
}

/** Makes the citations of a whole answer lead to their passages. */
function cite(numbers) {
  $("answer").replaceChildren(
    ...text.split(/(\[\d+\])/).map((piece) => {
      const number = Number(piece.slice(1, -1));
      if (!/^\[\d+\]$/.test(piece) || !numbers.includes(number)) return piece;
      const link = make("a", "", piece);
      link.href = `#p${number}`;
      return link;
    }),
  );
  numbers.forEach((number) => $(`p${number}`)?.classList.add("cited"));
}

function progress(...parts) {
  $("progress").textContent = parts.filter(Boolean).join(" · ");
}

function fail(failure, kind) {
  $("failure").hidden = false;
  $("failure").querySelector("strong").textContent = failure.problem;
  $("failure").querySelector("p").textContent = failure.remedy ?? "";
  progress(kind ? `Failed: ${kind}` : "Broken off");
}

function clear() {
  run = null;
  last = 0;
  text = "";
  for (const id of ["failure", "thinking", "found", "sent", "resume"]) $(id).hidden = true;
  for (const id of ["answer", "reasoning", "passages", "messages"]) $(id).replaceChildren();
  $("result").hidden = false;
  progress("Looking for passages …");
}

function busy(is) {
  $("cancel").hidden = !is;
  $("go").disabled = is;
  $("answer").classList.toggle("live", is);
}

// ---- beside the answer ----

async function list() {
  const { runs } = await (await fetch("/api/runs", { headers: headers() })).json();
  $("runs").replaceChildren(
    ...runs.reverse().slice(0, 50).map((each) => {
      const at = new Date(each.started).toLocaleTimeString();
      const button = make("button", "", make("b", "", each.question), make("small", each.state, `${each.state} · ${at} · ${each.model}`));
      button.type = "button";
      button.title = each.question;
      if (each.id === run) button.ariaCurrent = "true";
      button.addEventListener("click", () => show(each.id));
      return make("li", "", button);
    }),
  );
}

async function models() {
  const { data } = await (await fetch("/v1/models")).json();
  const names = data.map((each) => each.id).filter((id) => id !== "ragstream");
  $("model").replaceChildren(...names.map((name) => new Option(name, name)));
}

async function ready() {
  const { status, parts } = await (await fetch("/readyz")).json();
  const missing = parts.filter((part) => part.status !== "ok");
  $("ready").classList.toggle("bad", status !== "ok");
  $("ready").textContent =
    missing.map((part) => `${part.problem}; ${part.remedy}`).join(" · ") || "ready";
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!$("go").disabled) ask();
});
$("question").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("ask").requestSubmit();
  }
});
$("cancel").addEventListener("click", () => {
  if (run) fetch(`/api/runs/${run}`, { method: "DELETE", headers: headers() });
  else abort?.abort();
});
$("resume").addEventListener("click", resume);
$("organisation").addEventListener("change", list);

models();
ready();
list();
