/** Whether ONNX Runtime reports that memory does not suffice at the moment; later there may be more. */
export function isOutOfMemory(message: string): boolean {
  return /bad_alloc|bad_array_new_length|Failed to allocate|annot allocate|out of memory|not enough memory/.test(
    message,
  );
}
