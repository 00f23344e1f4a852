import { parentPort, workerData } from 'node:worker_threads'
import type { Transport } from '../plan/transport.ts'
import { startResponder } from './responder.ts'

/** The body of a thread that answers until it is terminated; says its port once. */
if (parentPort === null) throw new Error('this file is the body of a worker thread')
const { port } = await startResponder(workerData as Transport['protocol'])
parentPort.postMessage(port)
