#include "services/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <type_traits>

#include "services/base/errors.h"

namespace stegvis {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'600'000'000);

TEST(Log, WritesOneLinePerEventWithTimeFirst) {
  const ManualClock clock(kNow);
  std::ostringstream out;
  Log log(out, clock);

  log.Write("request", {LogField("method", "GetInsats"),
                        LogField::Code(errors::NotFound()),
                        LogField::Reason(errors::NotFound()),
                        LogField::Milliseconds(absl::Microseconds(1250))});

  EXPECT_EQ(out.str(),
            "time=2020-09-13T12:26:40+00:00 event=request method=GetInsats "
            "code=NOT_FOUND reason=NOT_FOUND ms=1.2\n");
}

TEST(Log, LeavesOutTheWordsOfAStatus) {
  const ManualClock clock(kNow);
  std::ostringstream out;
  Log log(out, clock);

  log.Write("request",
            {LogField::Reason(absl::InternalError("19121212-1212"))});

  EXPECT_THAT(out.str(), ::testing::HasSubstr("reason=-"));
  EXPECT_THAT(out.str(), ::testing::Not(::testing::HasSubstr("1912")));
}

TEST(LogField, IsNotMadeFromATextOfTheOutside) {
  static_assert(!std::is_constructible_v<SourceText, std::string>);
  static_assert(!std::is_constructible_v<LogField, SourceText, std::string>);
}

}  // namespace
}  // namespace stegvis
