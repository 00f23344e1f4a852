import { join } from 'node:path'
import type { Addresses, Endpoint } from '../sizing/config/addresses.ts'
import { writeConfigurations } from '../sizing/config/write-configurations.ts'
import type { ServerLimits } from '../sizing/server-limits.ts'
import type { Problem } from '../units/problem.ts'
import type { Flag } from './command.ts'
import type { Effects } from './effects.ts'
import type { GivenWords, Wanted } from './given-words.ts'

const CONFIGURATION = 'Configuration'

export const CONFIGURATION_FLAGS: Readonly<Record<string, Flag>> = {
  config: {
    kind: 'text',
    does: 'folder for configuration of HAProxy, nginx, Envoy, Varnish and Kubernetes',
    group: CONFIGURATION,
  },
  listen: {
    kind: 'text',
    does: 'where the gateway listens, e.g. 0.0.0.0:80 (default: :8080)',
    group: CONFIGURATION,
  },
  address: {
    kind: 'texts',
    does: 'of a backend, e.g. 10.0.0.1:8080; once for each (default: made up)',
    group: CONFIGURATION,
  },
  'health-path': {
    kind: 'text',
    does: 'path that tells whether a backend lives (default: /)',
    group: CONFIGURATION,
  },
}

/** Where configuration is to be written, and what it says of places. */
export interface ConfigurationWish {
  readonly folder: string
  readonly addresses: Partial<Addresses>
}

/** Undefined where none is wanted. */
export function readConfigurationWish(words: GivenWords): ConfigurationWish | undefined {
  const folder = words.text('config')
  const listen = words.parsed('listen', endpoint(true))
  const healthPath = words.parsed('health-path', PATH)
  const backends = words.texts('address').flatMap(text => readAddress(text, words))
  if (folder === undefined) {
    const idle = ['listen', 'address', 'health-path'].filter(flag => words.texts(flag).length > 0)
    if (words.texts('config').length === 0) words.problems.push(...idle.map(withoutConfig))
    return undefined
  }
  return {
    folder,
    addresses: {
      backends,
      ...(listen !== undefined && { listen }),
      ...(healthPath !== undefined && { healthPath }),
    },
  }
}

function readAddress(text: string, { problems }: GivenWords): readonly Endpoint[] {
  const wanted = endpoint(false)
  const read = wanted.parse(text)
  if (read !== undefined) return [read]
  problems.push({
    code: 'usage/wrong-value',
    message: `--address is ${JSON.stringify(text)}; it takes ${wanted.expected}`,
    fix: `write, for example, --address ${wanted.example}`,
    at: { file: '--address' },
  })
  return []
}

/** `host:port`, `[::1]:port`, and `:port` for all addresses of the machine. */
const endpoint = (mayBeAny: boolean): Wanted<Endpoint> => ({
  parse(text) {
    const [, v6, name = '', digits] =
      /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?)?):(\d{1,5})$/i.exec(text.trim()) ??
      []
    const [host, port] = [v6 ?? name, Number(digits)]
    return port >= 1 && port <= 65_535 && (host !== '' || mayBeAny) ? { host, port } : undefined
  },
  expected: 'a host and a port',
  example: mayBeAny ? '0.0.0.0:80' : '10.0.0.1:8080',
})

/** It is written into files of several languages as it is, so nothing that means something in one of them. */
const PATH: Wanted<string> = {
  parse: text => (/^\/[\w./~-]{0,200}$/.test(text) ? text : undefined),
  expected: 'a path of letters, digits and . / _ ~ -',
  example: '/healthz',
}

const withoutConfig = (flag: string): Problem => ({
  code: 'size/only-with-config',
  message: `--${flag} is for configuration files, and none are to be written`,
  fix: `add --config FOLDER, or leave out --${flag}`,
  at: { file: `--${flag}` },
})

/** One after the other, told when all are there; what cannot be written is a problem. */
export async function keepConfigurations(
  limits: ServerLimits,
  { folder, addresses }: ConfigurationWish,
  { files, terminal }: Pick<Effects, 'files' | 'terminal'>,
): Promise<readonly Problem[]> {
  const written = writeConfigurations(limits, addresses)
  try {
    for (const { name, text } of written) await files.replace(join(folder, name), text)
  } catch (error) {
    const message = `${folder} cannot be written to: ${(error as Error).message}`
    const fix = 'name a folder that you may write to'
    return [{ code: 'size/cannot-write', message, fix, at: { file: '--config' } }]
  }
  terminal.tell(`wrote ${written.map(({ name }) => join(folder, name)).join(', ')}\n`)
  return []
}
