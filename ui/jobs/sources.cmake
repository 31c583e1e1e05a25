set(jobs_SOURCES job_runner.cpp latest_job.cpp jobs_model.cpp job_status_widget.cpp training_session.cpp)
