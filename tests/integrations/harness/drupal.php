<?php
/**
 * Stands for Drupal: runs our module's own classes with classes of the same names, for tests. Takes steps as JSON, answers results.
 *
 * It is not Drupal: what is written here is as strict as the tests need. Any notice is an error.
 */

namespace Drupal\Core\StringTranslation {
  interface TranslationInterface {}
  class TranslatableMarkup {
    public function __construct(private string $text, private array $with = []) {}
    public function __toString(): string {
      return strtr($this->text, array_map(static fn ($one) => htmlspecialchars((string) $one), $this->with));
    }
  }
  class Words implements TranslationInterface {}
  trait StringTranslationTrait {
    protected $stringTranslation;
    public function setStringTranslation(TranslationInterface $translation) {
      $this->stringTranslation = $translation;
      return $this;
    }
    protected function t($text, array $with = []) {
      return new TranslatableMarkup($text, $with);
    }
  }
}

namespace Drupal\Component\Datetime {
  interface TimeInterface {
    public function getCurrentTime();
  }
}

namespace Drupal\Component\Utility {
  class Xss {
    /** Strict in what it lets through, as the one that it stands for; written on the DOM instead of on text. */
    public static function filter(string $html, array $tags): string {
      $page = new \DOMDocument();
      libxml_use_internal_errors(TRUE);
      $page->loadHTML('<?xml encoding="utf-8"?><body>' . $html . '</body>', LIBXML_NOERROR);
      $body = $page->getElementsByTagName('body')->item(0);
      self::clean($body, $tags);
      $made = '';
      foreach ($body->childNodes as $child) {
        $made .= $page->saveHTML($child);
      }
      return $made;
    }
    private static function clean(\DOMNode $node, array $tags): void {
      foreach (iterator_to_array($node->childNodes) as $child) {
        if ($child instanceof \DOMComment || $child instanceof \DOMProcessingInstruction) {
          $node->removeChild($child);
          continue;
        }
        if (!$child instanceof \DOMElement) {
          continue;
        }
        self::clean($child, $tags);
        if (!in_array($child->tagName, $tags, TRUE)) {
          while ($child->firstChild) {
            $node->insertBefore($child->firstChild, $child);
          }
          $node->removeChild($child);
          continue;
        }
        foreach (iterator_to_array($child->attributes) as $one) {
          if ($one->name === 'style' || str_starts_with($one->name, 'on') || preg_match('/^\s*(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:/i', in_array($one->name, ['href', 'src'], TRUE) ? $one->value : '')) {
            $child->removeAttribute($one->name);
          }
        }
      }
    }
  }
}

namespace Drupal\Core\Cache {
  interface CacheTagsInvalidatorInterface {
    public function invalidateTags(array $tags);
  }
  class Cache {
    public static function mergeContexts(array ...$all): array {
      return array_values(array_unique(array_merge(...$all)));
    }
    public static function mergeTags(array ...$all): array {
      return array_values(array_unique(array_merge(...$all)));
    }
    public static function mergeMaxAges(int ...$all): int {
      $bounded = array_filter($all, static fn ($one) => $one !== -1);
      return $bounded ? min($bounded) : -1;
    }
  }
}

namespace Drupal\Core\Config {
  interface ConfigFactoryInterface {
    public function get($name);
  }
}

namespace Drupal\Core\KeyValueStore {
  interface KeyValueStoreInterface {
    public function get($key, $default = NULL);
    public function set($key, $value);
    public function getAll();
    public function delete($key);
    public function deleteAll();
  }
  interface KeyValueFactoryInterface {
    public function get($collection);
  }
}

namespace Drupal\Core\Language {
  interface LanguageInterface {
    const TYPE_CONTENT = 'language_content';
  }
  interface LanguageManagerInterface {
    public function getCurrentLanguage($type);
  }
}

namespace Drupal\Core\Session {
  interface AccountInterface {
    public function hasPermission($permission);
  }
}

namespace Drupal\Core\Datetime {
  interface DateFormatterInterface {
    public function format($timestamp, $type);
  }
}

namespace Drupal\Core\Plugin {
  interface ContainerFactoryPluginInterface {
    public static function create(\Symfony\Component\DependencyInjection\ContainerInterface $container, array $configuration, $plugin_id, $plugin_definition);
  }
}

namespace Drupal\Core\Form {
  interface FormStateInterface {
    public function getValue($name);
    public function setErrorByName($name, $message = '');
  }
  abstract class ConfigFormBase {
    use \Drupal\Core\StringTranslation\StringTranslationTrait;
    abstract protected function getEditableConfigNames();
    protected function config($name) {
      if (!in_array($name, $this->getEditableConfigNames(), TRUE)) {
        throw new \LogicException('not editable');
      }
      return $GLOBALS['world']->config;
    }
    public function buildForm(array $form, FormStateInterface $form_state) {
      return $form;
    }
    public function validateForm(array &$form, FormStateInterface $form_state) {}
    public function submitForm(array &$form, FormStateInterface $form_state) {}
  }
}

namespace Drupal\Core\Block\Attribute {
  #[\Attribute(\Attribute::TARGET_CLASS)]
  class Block {
    public function __construct(public readonly string $id, public readonly ?\Drupal\Core\StringTranslation\TranslatableMarkup $admin_label = NULL, public readonly ?\Drupal\Core\StringTranslation\TranslatableMarkup $category = NULL) {}
  }
}

namespace Drupal\Core\Block {
  abstract class BlockBase {
    use \Drupal\Core\StringTranslation\StringTranslationTrait;
    protected $configuration;
    public function __construct(array $configuration, protected $pluginId, protected $pluginDefinition) {
      $this->configuration = $configuration + $this->defaultConfiguration();
    }
    public function defaultConfiguration() {
      return [];
    }
    public function getConfiguration() {
      return $this->configuration;
    }
    public function getCacheContexts() {
      return [];
    }
    public function getCacheTags() {
      return [];
    }
    public function getCacheMaxAge() {
      return -1;
    }
  }
}

namespace Symfony\Component\DependencyInjection {
  interface ContainerInterface {
    public function get(string $id);
  }
}

namespace GuzzleHttp\Exception {
  interface GuzzleException extends \Throwable {}
  class ConnectException extends \RuntimeException implements GuzzleException {}
}

namespace GuzzleHttp {
  interface ClientInterface {
    public function request(string $method, $uri, array $options = []);
  }
}

namespace Harness {

  use Drupal\vetovoima\Form\SettingsForm;
  use Drupal\vetovoima\Offer;
  use Drupal\vetovoima\Plugin\Block\SitesBlock;

  set_error_handler(static function ($level, $text, $file, $line) {
    if (error_reporting() & $level) {
      throw new \ErrorException($text, 0, $level, $file, $line);
    }
    return TRUE;
  });

  /** A stream of an answer, as PSR-7 reads it. */
  class Body {
    public function __construct(private $stream) {}
    public function eof(): bool {
      return feof($this->stream);
    }
    public function read(int $size): string {
      return (string) fread($this->stream, $size);
    }
    public function close(): void {
      fclose($this->stream);
    }
  }

  class Answer {
    public function __construct(private int $status, private array $headers, private Body $body) {}
    public function getStatusCode(): int {
      return $this->status;
    }
    public function getHeaderLine(string $name): string {
      return $this->headers[strtolower($name)] ?? '';
    }
    public function getBody(): Body {
      return $this->body;
    }
  }

  /** Makes real requests, without following redirects. */
  class Client implements \GuzzleHttp\ClientInterface {
    public function request(string $method, $uri, array $options = []): Answer {
      if ($options['allow_redirects'] !== FALSE || $options['http_errors'] !== FALSE) {
        throw new \LogicException('redirects would be followed, or answers thrown');
      }
      $lines = [];
      foreach ($options['headers'] as $name => $value) {
        $lines[] = "$name: $value";
      }
      $context = stream_context_create(['http' => ['method' => $method, 'header' => $lines, 'timeout' => $options['timeout'], 'follow_location' => 0, 'ignore_errors' => TRUE]]);
      $stream = @fopen($uri, 'rb', FALSE, $context);
      if (!$stream) {
        throw new \GuzzleHttp\Exception\ConnectException('no connection');
      }
      stream_set_timeout($stream, 1);
      $head = stream_get_meta_data($stream)['wrapper_data'];
      $headers = [];
      foreach (array_slice($head, 1) as $line) {
        [$name, $value] = explode(':', $line, 2);
        $headers[strtolower($name)] = trim($value);
      }
      return new Answer((int) explode(' ', $head[0])[1], $headers, new Body($stream));
    }
  }

  class Store implements \Drupal\Core\KeyValueStore\KeyValueStoreInterface, \Drupal\Core\KeyValueStore\KeyValueFactoryInterface {
    public array $all = [];
    private string $name = '';
    public function get($key, $default = NULL) {
      if ($key === 'vetovoima.copies') {
        return $this;
      }
      return $this->all[$key] ?? $default;
    }
    public function set($key, $value) {
      $this->all[$key] = $value;
    }
    public function getAll() {
      return $this->all;
    }
    public function delete($key) {
      unset($this->all[$key]);
    }
    public function deleteAll() {
      $this->all = [];
    }
  }

  class Config implements \Drupal\Core\Config\ConfigFactoryInterface {
    public array $values = ['address' => '', 'municipality' => '', 'channel' => '', 'minutes' => 5];
    public function get($name) {
      return $name === 'vetovoima.settings' ? $this : $this->values[$name];
    }
    public function set($name, $value): self {
      $this->values[$name] = $value;
      return $this;
    }
    public function save(): void {}
  }

  class FormState implements \Drupal\Core\Form\FormStateInterface {
    public array $errors = [];
    public function __construct(private array $values) {}
    public function getValue($name) {
      return $this->values[$name] ?? NULL;
    }
    public function setErrorByName($name, $message = '') {
      $this->errors[$name] = (string) $message;
    }
  }

  /** Everything that a site has, in one object. */
  class World implements \Drupal\Core\Language\LanguageManagerInterface, \Drupal\Component\Datetime\TimeInterface, \Drupal\Core\Cache\CacheTagsInvalidatorInterface, \Drupal\Core\Session\AccountInterface, \Drupal\Core\Datetime\DateFormatterInterface, \Symfony\Component\DependencyInjection\ContainerInterface {
    public Store $store;
    public Config $config;
    public Offer $offer;
    public string $language = 'en';
    public int $now = 1795363200;
    public array $invalidated = [];
    public array $rights = [];
    public function begin(): void {
      $this->store = new Store();
      $this->config = new Config();
      $this->offer = new Offer(new Client(), $this->store, $this->config, $this, $this, $this, new \Drupal\Core\StringTranslation\Words());
    }
    public function getCurrentLanguage($type) {
      return new class($this->language) {
        public function __construct(private string $id) {}
        public function getId(): string {
          return $this->id;
        }
      };
    }
    public function getCurrentTime() {
      return $this->now;
    }
    public function invalidateTags(array $tags) {
      $this->invalidated = array_merge($this->invalidated, $tags);
    }
    public function hasPermission($permission) {
      return in_array($permission, $this->rights, TRUE);
    }
    public function format($timestamp, $type) {
      return gmdate('Y-m-d H:i', $timestamp);
    }
    public function get(string $id) {
      return $id === 'vetovoima.offer' ? $this->offer : $this;
    }
  }

  function block(array $configuration): SitesBlock {
    return SitesBlock::create($GLOBALS['world'], $configuration, 'vetovoima_sites', []);
  }

  /** What a reader sees, and what a cache is told. */
  function shown(array $configuration): array {
    $block = block($configuration);
    $build = $block->build();
    $html = '';
    foreach ($build as $name => $part) {
      if (is_array($part) && isset($part['#markup'])) {
        $html .= \Drupal\Component\Utility\Xss::filter($part['#markup'], $part['#allowed_tags']);
      }
      elseif (is_array($part) && isset($part['#value'])) {
        $html .= "<{$part['#tag']}>{$part['#value']}</{$part['#tag']}>";
      }
    }
    return [
      'html' => $html,
      'max_age' => \Drupal\Core\Cache\Cache::mergeMaxAges($block->getCacheMaxAge(), $build['#cache']['max-age'] ?? -1),
      'tags' => $block->getCacheTags(),
      'contexts' => $block->getCacheContexts(),
    ];
  }

  function block_form(array $typed): array {
    $block = block([]);
    $state = new FormState($typed);
    $form = $block->blockForm([], $state);
    $block->blockValidate($form, $state);
    if (!$state->errors) {
      $block->blockSubmit($form, $state);
    }
    return [$state->errors, $block->getConfiguration(), array_keys($form)];
  }

  function settings_form(array $typed): array {
    $maker = new SettingsForm();
    $state = new FormState($typed);
    $form = $maker->buildForm([], $state);
    $maker->validateForm($form, $state);
    if (!$state->errors) {
      $maker->submitForm($form, $state);
    }
    return [$state->errors, $GLOBALS['world']->config->values, array_keys($form)];
  }

  function step(array $step) {
    $world = $GLOBALS['world'];
    switch ($step['do']) {
      case 'set':
        foreach ($step['values'] as $name => $value) {
          $world->$name = $value;
        }
        return NULL;
      case 'config':
        $world->config->values = $step['values'] + $world->config->values;
        return NULL;
      case 'block':
        return shown($step['configuration']);
      case 'later':
        $world->now += $step['seconds'];
        return NULL;
      case 'cron':
        $world->offer->refreshAll();
        return $world->invalidated;
      case 'kept':
        return array_column($world->store->all, 'url');
      case 'block_form':
        return block_form($step['typed']);
      case 'settings_form':
        return settings_form($step['typed']);
      case 'filter':
        return Offer::filtered($step['html']);
      case 'about':
        $about = (new \ReflectionClass(SitesBlock::class))->getAttributes()[0]->newInstance();
        return [$about->id, (string) $about->admin_label];
    }
    throw new \LogicException("no such step: {$step['do']}");
  }

  $input = json_decode((string) stream_get_contents(STDIN), TRUE, 64, JSON_THROW_ON_ERROR);
  spl_autoload_register(static function (string $name) use ($input): void {
    $file = $input['plugin'] . '/src/' . str_replace('\\', '/', substr($name, strlen('Drupal\\vetovoima\\'))) . '.php';
    if (str_starts_with($name, 'Drupal\\vetovoima\\') && is_file($file)) {
      require $file;
    }
  });
  $GLOBALS['world'] = new World();
  $GLOBALS['world']->begin();
  echo json_encode(array_map('Harness\step', $input['steps']), JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
}
