// A hono application as a Lambda handler.
const { Hono } = require("hono");
const { handle } = require("hono/aws-lambda");

const app = new Hono();
app.get("/hello/:name", (c) => {
  c.header("set-cookie", "a=1", { append: true });
  c.header("set-cookie", "b=2", { append: true });
  return c.json({ hello: c.req.param("name"), q: c.req.queries("q"), cookie: c.req.header("cookie") });
});
app.post("/bytes", async (c) =>
  c.body(await c.req.arrayBuffer(), 201, { "content-type": "application/octet-stream" }),
);
exports.handler = handle(app);
