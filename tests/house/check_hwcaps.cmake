# cmake -DPROGRAM=<program> -P check_hwcaps.cmake: on a machine that can run it, the loader gives the program the core
# that was built for that machine.
cmake_minimum_required(VERSION 3.25)
set(loader /lib64/ld-linux-x86-64.so.2)

if(NOT EXISTS ${loader})
  message("skipped: no glibc loader for x86-64 here")
  return()
endif()
execute_process(COMMAND ${loader} --help OUTPUT_VARIABLE help)
if(NOT help MATCHES "x86-64-v3 \\(supported")
  message("skipped: this processor, or this glibc, does not know x86-64-v3")
  return()
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -E env LD_DEBUG=libs ${PROGRAM} --help
  OUTPUT_QUIET ERROR_VARIABLE trace RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "'${PROGRAM} --help' failed: ${status}")
endif()
string(REGEX MATCH "calling init: [^\n]*/libembedscope_core[^\n]*" loaded "${trace}")
if(NOT loaded MATCHES "/glibc-hwcaps/x86-64-v[34]/")
  message(FATAL_ERROR "The loader took the baseline core, which is several times slower: '${loaded}'")
endif()
