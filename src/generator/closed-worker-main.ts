import { workerData } from 'node:worker_threads'
import { ClosedDrive } from './closed-drive.ts'
import type { ClosedTask } from './closed-drive.ts'
import { takeOrders } from './take-orders.ts'

const ready = takeOrders((startAtMs, tell) => new ClosedDrive(workerData as ClosedTask, startAtMs, tell))
ready()
