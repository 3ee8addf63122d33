#include "services/base/log.h"

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"

namespace stegvis {
namespace {

std::string Pair(SourceText key, absl::string_view value) {
  return absl::StrCat(key.Text(), "=", value);
}

}  // namespace

LogField::LogField(SourceText key, SourceText value)
    : LogField(Pair(key, value.Text())) {}

LogField::LogField(SourceText key, int64_t value)
    : LogField(Pair(key, absl::StrCat(value))) {}

LogField LogField::Milliseconds(absl::Duration duration) {
  const int64_t tenths = duration / absl::Microseconds(100);
  return LogField(Pair("ms", absl::StrCat(tenths / 10, ".", tenths % 10)));
}

LogField LogField::Code(const absl::Status& status) {
  return LogField(Pair("code", absl::StatusCodeToString(status.code())));
}

LogField LogField::Reason(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return LogField(Pair("reason", reason.empty() ? "-" : reason));
}

void Log::Write(SourceText event, std::initializer_list<LogField> fields) {
  std::string line = absl::StrCat(
      "time=",
      absl::FormatTime(absl::RFC3339_full, clock_.Now(), absl::UTCTimeZone()),
      " event=", event.Text());
  for (const LogField& field : fields)
    absl::StrAppend(&line, " ", field.Text());
  line += '\n';

  absl::MutexLock lock(&mutex_);
  out_ << line << std::flush;
}

}  // namespace stegvis
