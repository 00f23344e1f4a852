import { expect, test } from 'vitest'
import { rehearse } from '../../src/generator/rehearse.ts'
import { startResponder } from '../../src/generator/responder.ts'
import { DEFAULT_TRANSPORT } from '../../src/plan/transport.ts'
import { RawServer } from '../support/raw-server.ts'
import { hold, planOf } from '../support/simulate-result.ts'
import { WatchedEngine } from '../support/watched-engine.ts'

test('the responder answers whoever asks it, over and over on one connection', async () => {
  const responder = await startResponder('http/1.1')
  const watched = new WatchedEngine({ address: { kind: 'tcp', host: '127.0.0.1', port: responder.port } })
  await watched.oneByOne(200)
  expect(watched.tally).toEqual({ '200': 200 })
  expect(watched.handshakes).toHaveLength(1)
  watched.stop()
  responder.close()
})

test.each(['http/1.1', 'h2'] as const)(
  'a rehearsal over %s ends by itself and never touches the target',
  async protocol => {
    const server = await RawServer.start(() => {})
    const { address } = server
    const target = {
      protocol: 'http',
      host: '127.0.0.1',
      port: (address as { port: number }).port,
      basePath: '',
    } as const
    await rehearse({
      plan: { ...planOf([hold('all', 100, 1)]), target, transport: { ...DEFAULT_TRANSPORT, protocol } },
      address,
      pacing: 'spin',
      share: { index: 0, count: 1 },
    })
    expect(server.connections).toBe(0)
    await server.stop()
  },
)
