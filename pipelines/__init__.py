"""What happens to an answer, one stage per file, in this order."""

STAGES = [
    "pipelines.normalise.Normalise",
    "pipelines.complete.Complete",
    "pipelines.fingerprint.Fingerprint",
    "pipelines.deduplicate.Deduplicate",
    "pipelines.store.Store",
]
