import { join } from 'node:path'
import type { Endpoint } from '../../sizing/config/addresses.ts'
import type { ServerLimits } from '../../sizing/server-limits.ts'
import type { Effects, RunningProgram } from '../effects.ts'
import type { GatewayProgram } from './gateway-programs.ts'

/** What backends of the lab answer without counting it, or working for it. */
const HEALTH_PATH = '/.lab/counts'
const PATIENCE_SECONDS = 15

export interface RunningGateway {
  readonly url: string
  readonly end: () => Promise<void>
}

export type GatewayStarted =
  | { readonly ok: true; readonly gateway: RunningGateway }
  /** What the program has said. */
  | { readonly ok: false; readonly because: string }

/** A real gateway with the configuration that sizing writes for it, in a folder that goes with it. */
export async function startGateway(
  { title, write, words, atHome }: GatewayProgram,
  path: string,
  { limits, backends }: { readonly limits: ServerLimits; readonly backends: readonly Endpoint[] },
  { programs, files }: Pick<Effects, 'programs' | 'files'>,
): Promise<GatewayStarted> {
  const folder = await programs.makeTemporaryFolder()
  const listen = { host: '127.0.0.1', port: await programs.freePort() }
  const { name, text } = write(limits, { listen, backends, healthPath: HEALTH_PATH })
  const file = join(folder.path, name)
  let running: RunningProgram | undefined
  const end = async (): Promise<void> => {
    await running?.end()
    await folder.remove()
  }
  try {
    await files.replace(file, atHome(text, folder.path))
    running = programs.start(path, words(file, folder.path, listen))
    const url = `http://${listen.host}:${listen.port}`
    if (await programs.answersWithin(`${url}${HEALTH_PATH}`, PATIENCE_SECONDS, running))
      return { ok: true, gateway: { url, end } }
  } catch (error) {
    await end()
    throw error
  }
  const said = running.complaint()
  await end()
  return {
    ok: false,
    because: `${title} did not answer within ${PATIENCE_SECONDS} s${said === '' ? '' : `; it said: ${said}`}`,
  }
}
