"""Addresses of the library itself: the theme, the gallery, background jobs, pasted lists."""

from django.urls import path

from core.views import imports, jobs
from core.views.gallery import GalleryView
from core.views.theme import theme

app_name = "core"
urlpatterns = [
    path("theme/", theme, name="theme"),
    path("jobs/", jobs.JobList.as_view(), name="job-list"),
    path("jobs/<uuid:uid>/", jobs.JobDetail.as_view(), name="job-detail"),
    path("jobs/<uuid:uid>/file/", jobs.JobFile.as_view(), name="job-file"),
    path("jobs/<uuid:uid>/cancel/", jobs.JobCancel.as_view(), name="job-cancel"),
    path("jobs/<uuid:uid>/resume/", jobs.JobResume.as_view(), name="job-resume"),
    path("lists/", imports.ImportList.as_view(), name="import-list"),
    path("lists/<uuid:uid>/", imports.ImportPage.as_view(), name="import-detail"),
    path("lists/<uuid:uid>/drop/", imports.ImportDrop.as_view(), name="import-drop"),
    path("lists/<uuid:uid>/reopen/", imports.ImportReopen.as_view(), name="import-reopen"),
    path("lists/<uuid:uid>/undo/", imports.ImportUndo.as_view(), name="import-undo"),
    path("gallery/", GalleryView.as_view(), name="gallery"),
]
