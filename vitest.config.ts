import { defineConfig } from 'vitest/config'
import type { TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config'

/**
 * Projects, by what a test needs. `architecture` and `unit` need nothing and run in parallel; the others start
 * processes and measure, so they come after, group by group, and one file at a time.
 */
const serial = (name: string, groupOrder: number): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    sequence: { groupOrder },
  },
})

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      serial('cli', 1),
      serial('truth', 2),
      serial('browser', 3),
      serial('gateway', 4),
    ],
  },
})

export default config
