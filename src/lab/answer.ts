import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Visit } from './reply-schedule.ts'
import type { Tally } from './tally.ts'

const DEFAULT_BODY = 'ok\n'

/** Cuts the connection: TCP by an RST, a unix socket, which knows none, by closing it. */
function cut(response: ServerResponse): void {
  const { socket } = response
  // `resetAndDestroy` throws on a pipe; only TCP sockets have a remote address.
  if (socket instanceof Socket && socket.remoteAddress !== undefined) socket.resetAndDestroy()
  else socket?.destroy()
}

/** Sends what the model decided, with its own truth in `x-lab-sojourn-us`, and counts it. */
export function answer(
  { ticket, arrivedAtSeconds, sequence, reply }: Visit<ServerResponse>,
  tally: Tally,
): void {
  if (ticket.socket === null || !ticket.socket.writable) {
    tally.abandoned()
    return
  }
  if (reply.action === 'reset') {
    tally.reset()
    cut(ticket)
    return
  }
  tally.answered(reply.status)
  const body = reply.body ?? DEFAULT_BODY
  const headers = [
    'content-length',
    String(Buffer.byteLength(body)),
    'x-lab-sequence',
    String(sequence),
    'x-lab-sojourn-us',
    // Rounded down, so that it never exceeds what can be measured.
    String(Math.floor((reply.departsAtSeconds - arrivedAtSeconds) * 1e6)),
  ]
  for (const name in reply.headers) headers.push(name, reply.headers[name]!)
  ticket.writeHead(reply.status, headers)
  ticket.end(body)
}
