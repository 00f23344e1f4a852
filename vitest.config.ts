import { defineConfig } from 'vitest/config'
import type { TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config'

/**
 * Long files that start processes or servers and yet judge no measured time: what they say holds when two of them share
 * the processors. A file that is not in this list is taken to measure.
 */
const TIMELESS = [
  'test/browser/**/*.test.ts',
  'test/cli/{ci-formats,compare,data-formats,gate,help,history,init-and-validate,interruption,lab,package,report,size,terminal,usage-errors}.test.ts',
  'test/truth/{closed-drive,engine-drive,engine-strategies}.test.ts',
]

/** Minutes beyond need: a test that is stuck ends, a slow machine does not make one fail. */
const PATIENT = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } }

/** The tests of a folder that measure: one file at a time, and nothing else beside it. */
const measuring = (name: string, groupOrder: number): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    exclude: TIMELESS,
    fileParallelism: false,
    maxWorkers: 1,
    sequence: { groupOrder },
    ...PATIENT,
  },
})

/**
 * Projects, by what a test needs, group after group. `architecture` and `unit` need nothing; they and the timeless ones
 * take every processor (Vitest by itself would leave one idle, of two).
 */
const config: ViteUserConfig = defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'timeless', include: TIMELESS, sequence: { groupOrder: 1 }, ...PATIENT } },
      measuring('cli', 2),
      measuring('truth', 3),
      measuring('gateway', 4),
    ],
  },
})

export default config
