package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import org.contexture.record.Split;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesTest {

  @ParameterizedTest
  @CsvSource({
    "QUERY,true,false",
    "GALLERY,false,true",
    "TEST,true,true",
    "VALIDATION,true,true",
    "TRAIN,true,true"
  })
  void onlyQueriesAreNotSearchedAndOnlyTheGalleryIsNotAsked(
      Split split, boolean asked, boolean searched) {
    assertThat(Roles.isAsked(split)).isEqualTo(asked);
    assertThat(Roles.isSearched(split)).isEqualTo(searched);
  }
}
