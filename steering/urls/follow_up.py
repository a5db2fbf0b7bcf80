"""Addresses of the follow-up: recommendations and actions."""

from __future__ import annotations

from django.urls import URLPattern, path

from steering.views import action_acts, actions, progress_link, recommendations, rulings

R = "recommendations/<int:pk>/"
A = "actions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("recommendations/", recommendations.RecommendationList.as_view(), name="recommendation-list"),
    path("recommendations/new/", recommendations.RecommendationCreate.as_view(), name="recommendation-create"),
    path(R, recommendations.RecommendationDetail.as_view(), name="recommendation-detail"),
    path(f"{R}edit/", recommendations.RecommendationEdit.as_view(), name="recommendation-edit"),
    path(f"{R}split/", rulings.RecommendationSplit.as_view(), name="recommendation-split"),
    path(f"{R}history/", recommendations.RecommendationHistory.as_view(), name="recommendation-history"),
    path(f"{R}move/<slug:verb>/", rulings.RecommendationMove.as_view(), name="recommendation-move"),
    path("actions/", actions.ActionList.as_view(), name="action-list"),
    path("actions/new/", actions.ActionCreate.as_view(), name="action-create"),
    path("my-actions/", actions.OwnActions.as_view(), name="own-actions"),
    path(A, actions.ActionDetail.as_view(), name="action-detail"),
    path(f"{A}edit/", actions.ActionEdit.as_view(), name="action-edit"),
    path(f"{A}history/", actions.ActionHistory.as_view(), name="action-history"),
    path(f"{A}progress/", action_acts.ActionProgress.as_view(), name="action-progress"),
    path(f"{A}ask/", action_acts.ActionAsk.as_view(), name="action-ask"),
    path(f"{A}due/", action_acts.ActionSlip.as_view(), name="action-slip"),
    path(f"{A}done/", action_acts.ActionDeclare.as_view(), name="action-declare"),
    path(f"{A}verify/", action_acts.ActionVerify.as_view(), name="action-verify"),
    path(f"{A}send-back/", action_acts.ActionSendBack.as_view(), name="action-send-back"),
    path(f"{A}reopen/", action_acts.ActionReopen.as_view(), name="action-reopen"),
    path(f"{A}drop/", action_acts.ActionDrop.as_view(), name="action-drop"),
    path(f"{A}take-up/", action_acts.ActionTakeUp.as_view(), name="action-take-up"),
    path(f"{A}evidence/", action_acts.EvidenceAdd.as_view(), name="evidence-add"),
    path("evidence/<int:pk>/", action_acts.EvidenceFile.as_view(), name="evidence-file"),
    path("evidence/<int:pk>/withdraw/", action_acts.EvidenceWithdraw.as_view(), name="evidence-withdraw"),
    path("progress/<str:token>/", progress_link.ProgressPage.as_view(), name="progress-page"),
]
