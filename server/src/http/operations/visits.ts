import { getCustomerMap, getVisitMap } from '@doorstep/contract/maps'
import { getPlan, updatePlan } from '@doorstep/contract/plans'
import { getReviewCounts } from '@doorstep/contract/review-counts'
import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  updateSavedView,
} from '@doorstep/contract/saved-views'
import { listVisitChanges, streamVisits } from '@doorstep/contract/stream'
import { createVerificationPreview } from '@doorstep/contract/verification-previews'
import { exportVisits } from '@doorstep/contract/visit-exports'
import { listVisitHistory } from '@doorstep/contract/visit-history'
import {
  createVisitOutcome,
  getVisitOutcome,
  listVisitOutcomes,
  mergeVisitOutcome,
  updateVisitOutcome,
} from '@doorstep/contract/visit-outcomes'
import { getVisitReport } from '@doorstep/contract/visit-reports'
import { updateVisitReview } from '@doorstep/contract/visit-reviews'
import {
  createVisit,
  deleteVisit,
  getVisit,
  listVisits,
  updateVisit,
} from '@doorstep/contract/visits'
import type { FastifyInstance } from 'fastify'

import * as exports from '../exports/exports.ts'
import * as maps from '../maps.ts'
import * as plans from '../plans.ts'
import type { Tools } from '../request/call.ts'
import { byRevision } from '../request/tagged.ts'
import * as reviewCounts from '../review-counts.ts'
import * as savedViews from '../saved-views.ts'
import { serve } from '../serve.ts'
import * as changes from '../stream/changes.ts'
import * as stream from '../stream/stream.ts'
import * as verificationPreviews from '../verification-previews.ts'
import * as visitOutcomes from '../visit-outcomes.ts'
import * as visitReports from '../visit-reports.ts'
import * as visitHistory from '../visits/history.ts'
import * as visitReviews from '../visits/reviews.ts'
import * as visits from '../visits/visits.ts'

/** Visits, what is counted of them, and what is planned. */
export function serveVisits(app: FastifyInstance, tools: Tools): void {
  serve(app, tools, listVisits, visits.listVisits)
  serve(app, tools, exportVisits, exports.exportVisits)
  serve(app, tools, getVisit, visits.getVisit)
  serve(app, tools, createVisit, visits.createVisit, visits.checks)
  serve(app, tools, updateVisit, visits.updateVisit, visits.checks)
  serve(app, tools, deleteVisit, visits.deleteVisit)
  serve(app, tools, getVisitMap, byRevision(maps.getVisitMap))
  serve(app, tools, getCustomerMap, byRevision(maps.getCustomerMap))
  serve(app, tools, getVisitReport, byRevision(visitReports.getVisitReport))
  serve(app, tools, getReviewCounts, byRevision(reviewCounts.getReviewCounts))
  serve(app, tools, streamVisits, stream.streamVisits)
  serve(app, tools, listVisitChanges, changes.listVisitChanges)
  serve(app, tools, listVisitOutcomes, byRevision(visitOutcomes.listVisitOutcomes))
  serve(app, tools, getVisitOutcome, visitOutcomes.getVisitOutcome)
  serve(app, tools, createVisitOutcome, visitOutcomes.createVisitOutcome, visitOutcomes.checks)
  serve(app, tools, updateVisitOutcome, visitOutcomes.updateVisitOutcome, visitOutcomes.checks)
  serve(app, tools, mergeVisitOutcome, visitOutcomes.mergeVisitOutcome)
  serve(app, tools, createVerificationPreview, verificationPreviews.createVerificationPreview)
  serve(app, tools, listSavedViews, byRevision(savedViews.listSavedViews))
  serve(app, tools, createSavedView, savedViews.createSavedView, savedViews.checks)
  serve(app, tools, updateSavedView, savedViews.updateSavedView, savedViews.checks)
  serve(app, tools, deleteSavedView, savedViews.deleteSavedView)
  serve(app, tools, listVisitHistory, visitHistory.listVisitHistory)
  serve(app, tools, getPlan, plans.getPlan)
  serve(app, tools, updatePlan, plans.updatePlan, plans.checks)
  serve(app, tools, updateVisitReview, visitReviews.updateVisitReview)
}
