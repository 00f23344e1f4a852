import { workerData } from 'node:worker_threads'
import { Drive } from './drive.ts'
import type { WorkerTask } from './message.ts'
import { rehearse } from './rehearse.ts'
import { takeOrders } from './take-orders.ts'

const task = workerData as WorkerTask
const ready = takeOrders((startAtMs, tell) => new Drive(task, startAtMs, tell))
await rehearse(task)
ready()
