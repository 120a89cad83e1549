/** Stands in for node:crypto where tests compare digests in a browser, whose own digests are to be awaited. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

export function createHash(algorithm: 'sha256') {
  if (algorithm !== 'sha256') throw new Error(`no stand-in for ${algorithm}`)
  const hash = sha256.create()
  return {
    update(bytes: Uint8Array) {
      hash.update(bytes)
      return this
    },
    digest: (_encoding: 'hex') => bytesToHex(hash.digest()),
  }
}
