import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** What Node's own client, with its strict parser, makes of a response. */
export interface ReadByNode {
  /** It refused the bytes, and says why. */
  readonly refused?: string
  /** The response was complete behind so many bytes; infinite: with the end of the connection. */
  readonly end?: number
  readonly status?: number
  readonly body?: string
  readonly keepAlive?: boolean
}

/**
 * Hands the pieces to `node:http` over a connection that exists in memory only, and then ends it. Nothing is waited for
 * but the request, so what was complete is known for each piece.
 */
export async function readByNode(pieces: readonly Uint8Array[], answersHead = false): Promise<ReadByNode> {
  const socket = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
  const agent = new Agent({ keepAlive: true })
  agent.createConnection = () => socket
  const method = answersHead ? 'HEAD' : 'GET'
  const sent = request({ agent, method, host: 'memory', maxHeaderSize: 70_000 })
  let answer: IncomingMessage | undefined
  let refused: string | undefined
  let end: number | undefined
  sent.on('error', error => (refused ??= error.message))
  sent.on('upgrade', () => (refused ??= 'upgrade'))
  sent.on('response', response => (answer = response))
  sent.end()
  await nextTurn()
  let fed = 0
  const feed = (event: 'data' | 'end', piece?: Uint8Array): void => {
    if (refused !== undefined || end !== undefined) return
    socket.emit(event, piece)
    fed += piece?.length ?? Infinity
    if (answer?.complete === true) end = fed
  }
  for (const piece of pieces) if (piece.length > 0) feed('data', Buffer.from(piece))
  feed('end')
  const body = answer?.readableLength === 0 ? '' : (answer?.read() as Buffer | undefined)?.toString('latin1')
  const read = { status: answer?.statusCode, body, keepAlive: sent.shouldKeepAlive }
  sent.destroy()
  socket.destroy()
  if (refused !== undefined) return { refused }
  return end === undefined ? {} : ({ end, ...read } as ReadByNode)
}
