import { type BackendName, probeBackends } from '../src/index.ts'

/** The backends that this machine can run. */
export const available: BackendName[] = probeBackends()
  .filter(probe => probe.available)
  .map(probe => probe.name)

/** Of those, the ones that really give pages back. */
export const giving: BackendName[] = available.filter(name => name !== 'none')
