
'use strict';
{
  const drop = document.getElementById('drop');
  const picture = document.getElementById('picture');
  const progress = document.getElementById('progress');
  const answer = document.getElementById('answer');
  const largest = Number(picture.dataset.largest);
  let latest = new AbortController();

  const say = (text, refused) => {
    progress.textContent = text;
    progress.className = refused ? 'refused' : '';
  };

  const search = async file => {
    latest.abort();
    const mine = new AbortController();
    latest = mine;
    answer.replaceChildren();
    if (file.size > largest) {
      say(`${file.name} is too large: at most ${largest / 1048576} MiB are taken.`, true);
      return;
    }
    say(`Searching for ${file.name} …`, false);
    try {
      const response = await fetch('/neighbours', { method: 'POST', body: file, signal: mine.signal });
      const text = await response.text();
      if (latest !== mine) {
        return;
      }
      if (!response.ok) {
        say(text, true);
        return;
      }
      answer.replaceChildren(...new DOMParser().parseFromString(text, 'text/html').body.childNodes);
      say(`Nearest to ${file.name}:`, false);
    } catch (failed) {
      if (latest === mine) {
        say('The search does not answer: does contexture still run in its terminal?', true);
      }
    }
  };

  const first = files => {
    if (files.length > 0) {
      search(files[0]);
    }
  };

  picture.addEventListener('change', () => first(picture.files));
  document.addEventListener('paste', event => first(event.clipboardData.files));
  document.addEventListener('dragover', event => {
    event.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', () => drop.classList.remove('over'));
  document.addEventListener('drop', event => {
    event.preventDefault();
    drop.classList.remove('over');
    first(event.dataTransfer.files);
  });
}
