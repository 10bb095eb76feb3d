/** Turns ONNX Runtime's telemetry off, as every function's environment does: it writes files to the temporary folder. */
process.env.ORT_DISABLE_TELEMETRY = "1";
