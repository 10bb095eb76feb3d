/** Bytes an element takes, by the dtypes a `.npy` file may have here (as NumPy writes them after the byte order). */
export const NPY_ITEM_SIZE = { u1: 1, i2: 2, u2: 2, i4: 4, f2: 2, f4: 4, f8: 8 } as const;

export type NpyDtype = keyof typeof NPY_ITEM_SIZE;
