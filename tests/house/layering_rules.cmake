# The rules of the house, one call each:
#   layering_rule("<sentence>" IN <files> [NOT_IN <files>] LINE <what breaks it> [UNLESS <what does not>] [COMMENTS])
# All are regular expressions; files are named from the root of the tree. Comments are not looked at, except with COMMENTS.
set(LAYERING_RULES 0)
function(layering_rule sentence)
  cmake_parse_arguments(PARSE_ARGV 1 arg "COMMENTS" "IN;NOT_IN;LINE;UNLESS" "")
  foreach(part IN ITEMS IN NOT_IN LINE UNLESS COMMENTS)
    set(LAYERING_${LAYERING_RULES}_${part} "${arg_${part}}" PARENT_SCOPE)
  endforeach()
  set(LAYERING_${LAYERING_RULES}_SAYS "${sentence}" PARENT_SCOPE)
  math(EXPR next "${LAYERING_RULES} + 1")
  set(LAYERING_RULES ${next} PARENT_SCOPE)
endfunction()

set(include "^ *# *include *[<\"]")
set(product "^(core|ui|app)/")

# Who may know whom.
layering_rule("core has no Qt header: it also serves programs without Qt"
  IN "^core/" LINE "${include}(Qt?[A-Z]|q[a-z]+\\.h)")
layering_rule("core knows neither ui nor app"
  IN "^core/" LINE "${include}(ui|app)/")
layering_rule("ui does not know app"
  IN "^ui/" LINE "${include}app/")
layering_rule("app/cli, the headless tool, knows core alone"
  IN "^app/cli/" LINE "${include}(ui/|Qt?[A-Z])")
layering_rule("core/base stands alone"
  IN "^core/base/" LINE "${include}core/" UNLESS "\"core/base/")
layering_rule("core/table knows base"
  IN "^core/table/" LINE "${include}core/" UNLESS "\"core/(base|table)/")
foreach(folder text nn search io)
  layering_rule("core/${folder} knows base and table"
    IN "^core/${folder}/" LINE "${include}core/" UNLESS "\"core/(base|table|${folder})/")
endforeach()
layering_rule("core/project knows base, table and search"
  IN "^core/project/" LINE "${include}core/" UNLESS "\"core/(base|table|search|project)/")
layering_rule("core/optim knows base and nn"
  IN "^core/optim/" LINE "${include}core/" UNLESS "\"core/(base|nn|optim)/")
layering_rule("core/train knows base, table, nn, optim, text and io"
  IN "^core/train/" LINE "${include}core/" UNLESS "\"core/(base|table|nn|optim|text|io|train)/")
layering_rule("an include names the file from the root of the tree, so that these rules can be checked"
  IN "${product}" LINE "${include}" UNLESS "include *(<|\"(core|ui|app)/|\"[a-z_]+\\.moc\")")

# Threads.
# app/cli/output starts two that compute nothing: one draws the progress bar, one waits for Ctrl+C.
layering_rule("threads start in base/parallel, JobRunner and TrainingSession only"
  IN "${product}" NOT_IN "^(core/base/parallel\\.cpp|ui/jobs/(job_runner|training_session)\\.(h|cpp)|app/cli/output\\.(h|cpp))$"
  LINE "std::(jthread|thread|async)[^_A-Za-z0-9]|QThread|QtConcurrent|pthread_create")
layering_rule("nothing re-enters the event loop to look responsive: work goes to a JobRunner"
  IN "${product}" LINE "processEvents *\\(")
layering_rule("nothing is ended by force: work watches its stop token"
  IN "${product}" LINE "(^|[^A-Za-z_])(terminate|quick_exit|abort) *\\(")
layering_rule("std::atomic<std::shared_ptr> races on g++ 12: use base/published.h"
  IN "${product}" LINE "atomic<(std::)?shared_ptr")

# Third-party code, each behind one door.
layering_rule("oneTBB stays behind base/parallel"
  IN "${product}" NOT_IN "^core/base/parallel\\.cpp$" LINE "${include}(tbb|oneapi)/")
layering_rule("JSON is read and written in core/io, core/text and app/cli"
  IN "${product}" NOT_IN "^(core/io/|core/text/.*\\.cpp$|app/cli/)" LINE "${include}nlohmann/")
layering_rule("zlib and libzip stay in core/io"
  IN "${product}" NOT_IN "^core/io/" LINE "${include}(zip|zlib)\\.h")
layering_rule("FFTW stays in core/project"
  IN "${product}" NOT_IN "^core/project/" LINE "${include}fftw3")
layering_rule("QCustomPlot stays in ui/plot"
  IN "${product}" NOT_IN "^ui/plot/" LINE "${include}qcustomplot")
layering_rule("CLI11 stays in app/cli"
  IN "${product}" NOT_IN "^app/cli/" LINE "${include}CLI/")
layering_rule("core never prints: it returns an Error or reports Progress"
  IN "^core/" LINE "std::(cout|cerr|clog)[^A-Za-z_]|(^|[^A-Za-z_])f?(printf|puts) *\\(")

# Text.
layering_rule("what is left to do goes to the issue tracker, not into the sources"
  IN "" LINE "(^|[^A-Za-z_])(TODO|FIXME|XXX|HACK)([^A-Za-z_]|$)" COMMENTS)
