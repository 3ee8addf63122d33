// The nodes of a rollup, and the public keys of the förbund they serve.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace stegvis::rollup {

struct Node {
  // Organisation numbers, `NNNNNN-NNNN`: whom to miss when it does not answer.
  std::vector<std::string> forbund;
  std::string address;
  std::string ca_pem;
  std::string certificate_pem;
  std::string key_pem;
};

// The public key of a förbund as PEM, by its organisation number; nothing where
// none is known. Only ever asked for what IsOrganizationNumber.
using PublicKeys =
    std::function<std::optional<std::string>(const std::string& number)>;

// Whether `text` is written `NNNNNN-NNNN`; the check digit is not looked at.
bool IsOrganizationNumber(const std::string& text);

}  // namespace stegvis::rollup
