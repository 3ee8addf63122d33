// RETURN_IF_ERROR and ASSIGN_OR_RETURN, with the names and the meaning of
// Abseil's own, which the Abseil of Debian 12 does not have yet.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define RETURN_IF_ERROR(expr)                                   \
  do {                                                          \
    if (absl::Status status_macro = (expr); !status_macro.ok()) \
      return status_macro;                                      \
  } while (false)

#define STEGVIS_MACRO_JOIN_INNER(a, b) a##b
#define STEGVIS_MACRO_JOIN(a, b) STEGVIS_MACRO_JOIN_INNER(a, b)

#define ASSIGN_OR_RETURN(lhs, expr) \
  STEGVIS_ASSIGN_OR_RETURN(STEGVIS_MACRO_JOIN(or_, __LINE__), lhs, expr)

// A declaration cannot stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define STEGVIS_ASSIGN_OR_RETURN(temporary, lhs, expr) \
  auto temporary = (expr);                             \
  if (!temporary.ok()) return temporary.status();      \
  lhs = *std::move(temporary)
// NOLINTEND(bugprone-macro-parentheses)
