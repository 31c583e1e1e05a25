set(jobs_SOURCES )
