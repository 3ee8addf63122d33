#include "services/validation/paging.h"

#include <gtest/gtest.h>

#include "stegvis/v1/count.pb.h"
#include "stegvis/v1/insats.pb.h"
#include "tests/support/status_matchers.h"

namespace stegvis::validation {
namespace {

using ::stegvis::testing::HasFault;

v1::ListCountsRequest ListCounts(const std::string& parent) {
  v1::ListCountsRequest request;
  request.set_parent(parent);
  return request;
}

TEST(PageSize, HasADefaultAndALimit) {
  v1::ListCountsRequest request = ListCounts("a");
  EXPECT_EQ(PageOf(request)->size, 50);

  request.set_page_size(7);
  EXPECT_EQ(PageOf(request)->size, 7);

  request.set_page_size(501);
  EXPECT_EQ(PageOf(request)->size, 500);
}

TEST(PageToken, GivesTheLastKeyBack) {
  v1::ListCountsRequest request = ListCounts("a");

  request.set_page_token(NextPageToken(request, "2020-1"));

  EXPECT_EQ(PageOf(request)->after, "2020-1");
}

TEST(PageToken, HoldsWhenOnlyThePageSizeChanges) {
  v1::ListCountsRequest request = ListCounts("a");
  request.set_page_token(NextPageToken(request, "2020-1"));

  request.set_page_size(3);

  EXPECT_EQ(PageOf(request)->after, "2020-1");
}

TEST(PageToken, OfOtherArgumentsIsRefused) {
  v1::ListCountsRequest request = ListCounts("a");
  request.set_page_token(NextPageToken(request, "2020-1"));

  request.set_parent("b");

  EXPECT_THAT(PageOf(request), HasFault("page_token", "PAGE_TOKEN_MISMATCH"));
}

TEST(PageToken, OfAnotherMethodIsRefused) {
  v1::ListInsatserRequest other;
  other.set_parent("a");
  v1::ListCountsRequest request = ListCounts("a");

  request.set_page_token(NextPageToken(other, "2020-1"));

  EXPECT_THAT(PageOf(request), HasFault("page_token", "PAGE_TOKEN_MISMATCH"));
}

TEST(PageToken, ThatWeDidNotMakeIsRefused) {
  for (const char* token : {"x", "!!!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAA"}) {
    v1::ListCountsRequest request = ListCounts("a");
    request.set_page_token(token);
    EXPECT_THAT(PageOf(request), HasFault("page_token", "PAGE_TOKEN_MISMATCH"))
        << token;
  }
}

}  // namespace
}  // namespace stegvis::validation
