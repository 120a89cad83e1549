import { defineConfig } from 'vitest/config'

// Processes of their own take seconds to start on a busy machine.
export default defineConfig({ test: { testTimeout: 60_000 } })
