// Why something was refused, in Swedish: what is wrong and how to mend it.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace stegvis::cli {

// The text of `reason`, a name of stegvis.v1.Reason without prefix or one of
// row_reasons below. One line. A reason newer than this program is named in a
// text that says so.
std::string ReasonText(absl::string_view reason);

// The same of a field of a request or a column of a file, where the reason may
// mean something of its own.
std::string ReasonTextAt(absl::string_view field, absl::string_view reason);

// Whether there is a text of its own for `reason`.
bool HasReasonText(absl::string_view reason);

// Why the client itself refuses a row of a file, before it is sent.
namespace row_reasons {
inline constexpr absl::string_view kRowTooLong = "ROW_TOO_LONG";
inline constexpr absl::string_view kTooManyColumns = "ROW_TOO_MANY_COLUMNS";
inline constexpr absl::string_view kFieldCount = "ROW_FIELD_COUNT";
inline constexpr absl::string_view kRowEmpty = "ROW_EMPTY";
inline constexpr absl::string_view kQuoteMisplaced = "ROW_QUOTE_MISPLACED";
inline constexpr absl::string_view kQuoteUnclosed = "ROW_QUOTE_UNCLOSED";
inline constexpr absl::string_view kYesNoInvalid = "ROW_YES_NO_INVALID";
inline constexpr absl::string_view kHoursInvalid = "ROW_HOURS_INVALID";
inline constexpr absl::string_view kNumberInvalid = "ROW_NUMBER_INVALID";
inline constexpr absl::string_view kExtentInvalid = "ROW_EXTENT_INVALID";
inline constexpr absl::string_view kMomentInvalid = "ROW_MOMENT_INVALID";
inline constexpr absl::string_view kWithoutDate = "ROW_WITHOUT_DATE";
inline constexpr absl::string_view kForbundUnknown = "ROW_FORBUND_UNKNOWN";
inline constexpr absl::string_view kForbundAmbiguous = "ROW_FORBUND_AMBIGUOUS";
inline constexpr absl::string_view kInsatsUnknown = "ROW_INSATS_UNKNOWN";
inline constexpr absl::string_view kOrientationInvalid =
    "ROW_ORIENTATION_INVALID";
inline constexpr absl::string_view kMethodInvalid = "ROW_METHOD_INVALID";
inline constexpr absl::string_view kCountKindInvalid = "ROW_COUNT_KIND_INVALID";
}  // namespace row_reasons

}  // namespace stegvis::cli
