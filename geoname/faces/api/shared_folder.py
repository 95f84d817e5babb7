"""The variable that names the folder in which serving processes share their measures (多进程指标)."""

# Apart from the measures, since prometheus-client reads the variable when it is imported: set it before.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
