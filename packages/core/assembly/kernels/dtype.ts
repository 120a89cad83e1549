/** The codes of the dtypes. They are the tags of their blocks, too (see memory/layout). */
export namespace DType {
  export const BOOL: u32 = 1
  export const INT8: u32 = 2
  export const UINT8: u32 = 3
  export const INT16: u32 = 4
  export const UINT16: u32 = 5
  export const INT32: u32 = 6
  export const UINT32: u32 = 7
  export const INT64: u32 = 8
  export const UINT64: u32 = 9
  export const FLOAT32: u32 = 10
  export const FLOAT64: u32 = 11
}
