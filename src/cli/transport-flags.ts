import type { ScenarioOverrides } from '../scenario/overrides.ts'
import type { Flag } from './command.ts'
import type { GivenWords, Wanted } from './given-words.ts'

/** How requests travel; each wins over the key of the scenario that has its name. */
export const TRANSPORT_FLAGS: Readonly<Record<string, Flag>> = {
  http: { kind: 'text', does: 'version of HTTP, 1.1 or 2 (default: 1.1)', group: 'Transport' },
  ca: {
    kind: 'texts',
    does: 'PEM file of an authority to trust instead of the built-in ones; may be repeated',
    group: 'Transport',
  },
  insecure: { kind: 'switch', does: 'take any certificate', group: 'Transport' },
  cert: { kind: 'text', does: "PEM file of the client's certificate; needs --key", group: 'Transport' },
  key: { kind: 'text', does: 'PEM file of its private key', group: 'Transport' },
  'server-name': {
    kind: 'text',
    does: "name to ask for and to check the certificate against (default: the target's host)",
    group: 'Transport',
  },
}

export function readTransportFlags(words: GivenWords): Pick<ScenarioOverrides, 'http' | 'tls'> {
  const http = words.parsed('http', HTTP_VERSION)
  const ca = words.texts('ca')
  const texts = (['cert', 'key', 'server-name'] as const).flatMap(flag => {
    const text = words.text(flag)
    return text === undefined ? [] : [[flag, text] as const]
  })
  return {
    ...(http !== undefined && { http }),
    tls: {
      ...(ca.length > 0 && { ca }),
      ...(words.isOn('insecure') && { insecure: true }),
      ...Object.fromEntries(texts),
    },
  }
}

const HTTP_VERSION: Wanted<string> = {
  parse: text => (['1.1', '2', 'h2'].includes(text) ? text : undefined),
  expected: '1.1 or 2',
  example: '2',
}
