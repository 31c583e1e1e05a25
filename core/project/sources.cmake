set(project_SOURCES )
