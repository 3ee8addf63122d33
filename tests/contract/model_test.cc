// Random writes and reads beside a model in memory.
#include "tests/contract/modelled_store.h"

namespace stegvis::contract {
namespace {

constexpr int kSteps = 400;

TEST_P(ModelledStore, AgreesWithItsModelAfterEveryStep) {
  for (int step = 0; step < kSteps && !HasFailure(); ++step) {
    SCOPED_TRACE(step);
    WriteSome();
    ReadSome();
    if (step % 100 == 99) {
      Reopen();
      CompareAll();
    }
  }
}

}  // namespace
}  // namespace stegvis::contract
