// The thread of build-basemap.ts, of which memory is limited.
import { workerData } from 'node:worker_threads'

import { writeMbtiles } from './mbtiles.ts'
import { cutWorld } from './tiles.ts'

writeMbtiles(String(workerData), cutWorld())
