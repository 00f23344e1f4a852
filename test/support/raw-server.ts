import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, ListenOptions, Socket } from 'node:net'
import type { Address } from '../../src/http/address.ts'

/** One request without a body, as it came: on which connection, the how-many-th over all, and its head. */
export interface RawRequest {
  readonly socket: Socket
  /** Counts from 0 over all connections. */
  readonly number: number
  readonly head: string
}

/** A TCP or unix server that knows where a request ends and nothing else: what it answers, and how badly, is the test's. */
export class RawServer {
  requests = 0
  connections = 0
  readonly open: Set<Socket> = new Set<Socket>()
  readonly #server

  constructor(answer: (request: RawRequest) => void, accept: (socket: Socket) => void) {
    this.#server = createServer({ noDelay: true }, socket => {
      this.connections += 1
      this.open.add(socket)
      socket.on('close', () => this.open.delete(socket))
      // The client may go away at any time; that is what is being tested.
      socket.on('error', () => {})
      accept(socket)
      let text = ''
      socket.setEncoding('latin1').on('data', (more: string) => {
        const heads = (text + more).split('\r\n\r\n')
        text = heads.pop()!
        for (const head of heads) {
          this.requests += 1
          answer({ socket, number: this.requests - 1, head })
        }
      })
    })
  }

  static async start(
    answer: (request: RawRequest) => void,
    {
      listen = { host: '127.0.0.1', port: 0 },
      accept = () => {},
    }: { readonly listen?: ListenOptions; readonly accept?: (socket: Socket) => void } = {},
  ): Promise<RawServer> {
    const server = new RawServer(answer, accept)
    server.#server.listen({ backlog: 4096, ...listen })
    await once(server.#server, 'listening')
    return server
  }

  get address(): Address {
    const address = this.#server.address() as AddressInfo | string
    return typeof address === 'string'
      ? { kind: 'unix', path: address }
      : { kind: 'tcp', host: address.address, port: address.port }
  }

  async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
