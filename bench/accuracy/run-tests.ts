import type { Bench } from './bench.ts'
import { runHistogramTest } from './histogram-test.ts'
import { runBucketTest, runEdgeTest } from './limit-tests.ts'
import { runPairedTest } from './paired-test.ts'
import { runPauseTests } from './pause-tests.ts'
import { runQueueTests } from './queue-tests.ts'
import type { Row } from './row.ts'
import { runScheduleTest } from './schedule-test.ts'
import { runStarvedTest } from './starved-test.ts'

/** In the order of the page. */
export const TESTS: readonly string[] = [
  'T1',
  'T2',
  'T3',
  'T3b',
  'T4',
  'T5',
  'T6',
  'T7',
  'T8',
  'T9',
  'T10',
  'T11',
  'T12',
  'T13',
]

/** One after the other: each needs both cores. */
export async function runTests(bench: Bench): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const run of [
    runHistogramTest,
    runScheduleTest,
    runPairedTest,
    runPauseTests,
    runQueueTests,
    runBucketTest,
    runEdgeTest,
    runStarvedTest,
  ])
    rows.push(...(await run(bench)))
  return rows
    .filter(({ test }) => bench.isWanted(test))
    .sort((a, b) => TESTS.indexOf(a.test) - TESTS.indexOf(b.test))
}
