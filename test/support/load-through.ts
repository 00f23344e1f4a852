import type { Addresses } from '../../src/sizing/config/addresses.ts'
import type { Report } from '../../src/report/report.ts'
import { runStages } from './overload-run.ts'
import type { ConstantStage } from './overload-run.ts'
import type { WorkFolder } from './plimsoll-process.ts'
import { startSizedBackends } from './sized-backends.ts'
import type { SizedBackends } from './sized-backends.ts'
import { freePort, HEALTH_PATH } from './sized-gateway.ts'
import type { Handled, SizedGateway } from './sized-gateway.ts'

export interface Loaded {
  readonly report: Report
  readonly handled: readonly Handled[]
}

type StartGateway = (addresses: Addresses) => Promise<SizedGateway>

const ATTEMPTS = 3

/**
 * Load through a gateway to backends, all of them started for it alone: until the run may be believed, three times at most. Each time
 * anew, so that nothing of an overload is left over for the next.
 */
export async function loadThrough(
  folder: WorkFolder,
  startGateway: StartGateway,
  stages: readonly ConstantStage[],
  startBackends: () => Promise<SizedBackends> = () => startSizedBackends(folder.path),
): Promise<Loaded> {
  let loaded = await loadOnce(folder, startGateway, stages, startBackends)
  for (let attempt = 2; attempt <= ATTEMPTS && !loaded.report.trust.ok; attempt += 1)
    loaded = await loadOnce(folder, startGateway, stages, startBackends)
  return loaded
}

async function loadOnce(
  folder: WorkFolder,
  startGateway: StartGateway,
  stages: readonly ConstantStage[],
  startBackends: () => Promise<SizedBackends>,
): Promise<Loaded> {
  const backends = await startBackends()
  try {
    const listen = { host: '127.0.0.1', port: await freePort() }
    const gateway = await startGateway({ listen, backends: backends.endpoints, healthPath: HEALTH_PATH })
    try {
      const report = await runStages(folder, `http://127.0.0.1:${listen.port}`, stages)
      return { report, handled: await gateway.handled() }
    } finally {
      await gateway.stop()
    }
  } finally {
    await backends.stop()
  }
}

/** Answers that say that the gateway got none. */
export const gatewayErrorsIn = (endings: Readonly<Record<string, number>>): number =>
  (endings['502'] ?? 0) + (endings['503'] ?? 0) + (endings['504'] ?? 0)

/** The last so many that were let in: by then the queue is full. */
export function meanWaitMs(handled: readonly Handled[], last: number): number {
  const waits = handled.filter(({ status }) => status === 200).slice(-last)
  return waits.reduce((sum, { waitedMs }) => sum + waitedMs, 0) / waits.length
}
