// An Express application behind serverless-express.
const express = require("express");
const serverlessExpress = require("@codegenie/serverless-express");

const app = express();
app.get("/hello/:name", ({ params, query, headers }, response) => {
  response.append("set-cookie", "a=1").append("set-cookie", "b=2");
  response.json({ hello: params.name, q: query.q, cookie: headers.cookie });
});
app.post("/bytes", express.raw({ type: "*/*" }), ({ body }, response) => {
  response.status(201).type("application/octet-stream").send(body);
});
app.use((_request, response) => {
  response.status(404).end();
});
// Without it bytes are taken for text, on AWS too.
exports.handler = serverlessExpress({ app, binarySettings: { contentTypes: ["application/octet-stream"] } });
