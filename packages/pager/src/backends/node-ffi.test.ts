import { afterEach, expect, it, vi } from 'vitest'
import { withoutFfiWarning } from './node-ffi.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

it('drops the warning of node:ffi, and passes every other', () => {
  const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const result = withoutFfiWarning(() => {
    process.emitWarning('FFI is an experimental feature and might change at any time', 'ExperimentalWarning')
    process.emitWarning('SQLite is an experimental feature', 'ExperimentalWarning')
    process.emitWarning('FFI is old', 'DeprecationWarning')
    return 5
  })
  process.emitWarning('FFI is an experimental feature', 'ExperimentalWarning')
  expect(result).toBe(5)
  expect(emitted.mock.calls.map(([warning]) => warning)).toEqual([
    'SQLite is an experimental feature',
    'FFI is old',
    'FFI is an experimental feature',
  ])
})

it('puts everything back when loading fails', () => {
  const before = process.emitWarning
  expect(() =>
    withoutFfiWarning(() => {
      throw new Error('no such module')
    }),
  ).toThrow('no such module')
  expect(process.emitWarning).toBe(before)
})
