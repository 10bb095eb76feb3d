/** Whether ONNX Runtime says that the memory of this moment does not suffice: another time there may be more. */
export function isOutOfMemory(message: string): boolean {
  return /bad_alloc|bad_array_new_length|Failed to allocate|annot allocate|out of memory|not enough memory/.test(
    message,
  );
}
