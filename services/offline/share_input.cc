#include "services/offline/share_input.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <iostream>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/secret_text.h"
#include "storage/seal/share_text.h"

namespace stegvis::offline {
namespace {

using seal::KeyShare;
using seal::ShareReader;

// Nothing of ours has lines so long; a file that is none of ours may.
constexpr size_t kLongestLine = 65536;

// Reads lines and leaves nothing of them behind. One thread.
class SecretLines {
 public:
  explicit SecretLines(int file) : file_(file) {}
  SecretLines(const SecretLines&) = delete;
  SecretLines& operator=(const SecretLines&) = delete;
  ~SecretLines() { seal::Wipe(block_.data(), block_.size()); }

  // The next line without its end; false when there is none.
  absl::StatusOr<bool> Next(seal::SecretText& line) {
    line.Clear();
    while (true) {
      if (rest_.empty()) RETURN_IF_ERROR(Fill());
      if (rest_.empty()) return !line.Empty();
      const size_t end = rest_.find('\n');
      line.Append(rest_.substr(0, end));
      if (line.View().size() > kLongestLine) {
        return errors::KeyShareUnreadable();
      }
      rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
      if (end != rest_.npos) return true;
    }
  }

 private:
  // Leaves `rest_` empty at the end of the file.
  absl::Status Fill() {
    ssize_t size = -1;
    do {
      size = read(file_, block_.data(), block_.size());
    } while (size < 0 && errno == EINTR);
    if (size < 0) return errors::FileUnreadable();
    rest_ = absl::string_view(block_.data(), static_cast<size_t>(size));
    return absl::OkStatus();
  }

  const int file_;
  std::array<char, 4096> block_{};
  absl::string_view rest_;  // What of the block has not been handed out.
};

absl::Status ReadAll(SecretLines& lines, ShareReader& reader) {
  seal::SecretText line;
  for (int number = 1;; ++number) {
    ASSIGN_OR_RETURN(const bool found, lines.Next(line));
    if (!found) return reader.Finish();
    RETURN_IF_ERROR(
        AtField(absl::StrCat("line ", number), reader.AddLine(line.View())));
  }
}

absl::StatusOr<std::vector<KeyShare>> ReadShareFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return errors::FileUnreadable();
  const absl::Cleanup closing = [file] { close(file); };
  return ReadShares(file);
}

// Talks with the person who types shares. One thread.
class Conversation {
 public:
  explicit Conversation(int file) : lines_(file) {}

  absl::StatusOr<std::vector<KeyShare>> Hold() {
    std::cerr << "Skriv av andelens siffror, rad för rad. Det du skriver syns. "
                 "Avbryt med Ctrl-C.\n";
    while (!AreEnough()) {
      Ask();
      ASSIGN_OR_RETURN(const bool found, lines_.Next(line_));
      if (!found) return AtEnd();
      TakeLine();
    }
    std::cerr << "Andelarna är lästa. Siffrorna står kvar på skärmen: rensa "
                 "den.\n";
    return std::move(Shares());
  }

 private:
  std::vector<KeyShare>& Shares() { return reader_.Shares(); }

  bool AreEnough() {
    return !Shares().empty() && Shares().size() >= Shares().front().set.need;
  }

  void Ask() {
    std::cerr << "Andel " << Shares().size() + 1;
    if (!Shares().empty()) {
      std::cerr << " av " << int{Shares().front().set.need};
    }
    std::cerr << ", från grupp " << reader_.NextGroup() << ": " << std::flush;
  }

  absl::StatusOr<std::vector<KeyShare>> AtEnd() {
    std::cerr << "\n";
    // Whether whole shares are enough is said when they are combined.
    if (reader_.NextGroup() > 1) RETURN_IF_ERROR(reader_.Finish());
    return std::move(Shares());
  }

  void TakeLine() {
    const size_t before = Shares().size();
    const absl::Status read = reader_.AddLine(line_.View());
    if (!read.ok()) {
      Complain(read);
      return;
    }
    while (checked_ < Shares().size()) CheckShare();
    if (Shares().size() > before && !AreEnough()) {
      std::cerr << "Andelen är läst. Fortsätt med nästa.\n";
    }
  }

  void Complain(const absl::Status& fault) {
    if (ReasonOf(fault) == "KEY_SHARE_GROUP_WRONG") {
      // Its field is `group N`.
      std::cerr << "Grupp " << FaultsOf(fault).front().field.substr(6)
                << " stämmer inte. Jämför med papperet och skriv om raden.\n";
      return;
    }
    reader_.StartOver();
    std::cerr << "Grupperna bildar ingen andel tillsammans: två kan ha bytt "
                 "plats. Skriv om andelen från början.\n";
  }

  // Takes the next share away again when it does not go with those before.
  void CheckShare() {
    const KeyShare& share = Shares()[checked_];
    for (size_t i = 0; i < checked_; ++i) {
      const KeyShare& other = Shares()[i];
      const bool same_set = other.set == share.set;
      if (same_set && other.number != share.number) continue;
      std::cerr << (same_set ? "Den andelen är redan läst. Ta en annan.\n"
                             : "Andelen är från en annan omgång än den "
                               "första. Ta en med samma omgång.\n");
      Shares().erase(Shares().begin() + static_cast<ptrdiff_t>(checked_));
      return;
    }
    ++checked_;
  }

  SecretLines lines_;
  seal::SecretText line_;
  ShareReader reader_;
  size_t checked_ = 0;  // How many shares go together.
};

}  // namespace

absl::StatusOr<std::vector<KeyShare>> ReadShareFiles(
    const std::vector<std::string>& files) {
  std::vector<KeyShare> shares;
  for (size_t i = 0; i < files.size(); ++i) {
    absl::StatusOr<std::vector<KeyShare>> some = ReadShareFile(files[i]);
    if (!some.ok()) {
      return AtField(absl::StrCat("file ", i + 1), some.status());
    }
    for (KeyShare& share : *some) shares.push_back(std::move(share));
  }
  return shares;
}

absl::StatusOr<std::vector<KeyShare>> ReadShares(int file) {
  SecretLines lines(file);
  ShareReader reader;
  RETURN_IF_ERROR(ReadAll(lines, reader));
  return std::move(reader.Shares());
}

absl::StatusOr<std::vector<KeyShare>> AskForShares(int file) {
  return Conversation(file).Hold();
}

}  // namespace stegvis::offline
