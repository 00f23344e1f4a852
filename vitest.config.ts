import { defineConfig } from 'vitest/config'
import type { ViteUserConfig } from 'vitest/config'

/**
 * Projects, by what a test needs. `architecture` and `unit` need nothing and run in parallel;
 * `truth` and `cli` start processes and measure, so their files run one after another.
 */
const serial = { fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 }

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'cli', include: ['test/cli/**/*.test.ts'], ...serial } },
      { test: { name: 'truth', include: ['test/truth/**/*.test.ts'], ...serial } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...serial } },
      { test: { name: 'gateway', include: ['test/gateway/**/*.test.ts'], ...serial } },
    ],
  },
})

export default config
