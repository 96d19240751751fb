// The reference of `scripts/bench serve`: what a front end developer would write. Parses each event of a
// model's stream, checks it, and sends it on as an event of its own.   node bench-relay.mjs PORT UPSTREAM_PORT
import http from "node:http";

const [port, upstream] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true });

http.createServer((request, response) => {
  const options = { port: upstream, method: "POST", path: request.url, headers: request.headers, agent };
  const asked = http.request(options, answer => {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
    answer.setEncoding("utf8");
    let id = 0, rest = "";
    const send = event => response.write(`event: ${event.type}\nid: ${++id}\ndata: ${JSON.stringify(event)}\n\n`);
    answer.on("data", text => {
      const events = (rest + text).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const data = event.slice(event.indexOf("data: ") + 6);
        if (data === "[DONE]") { send({ type: "completed" }); continue; }
        const piece = JSON.parse(data).choices[0]?.delta?.content;
        if (typeof piece === "string" && piece !== "") send({ type: "text", text: piece });
      }
    });
    answer.on("end", () => response.end());
  });
  response.on("close", () => asked.destroy());
  request.pipe(asked);
}).listen(port, "127.0.0.1", 4096);
