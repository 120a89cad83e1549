/** Whether this is the debug build: assertions are compiled in, blocks are guarded and quarantined. */
export const DEBUG: bool = !ASC_NO_ASSERT
